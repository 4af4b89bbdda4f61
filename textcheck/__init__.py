"""Find serious wording errors in official Chinese publications."""

__version__ = "0.1.0"

__all__ = ["__version__"]
