"""What kind of character a character is."""

__all__ = ["is_han"]


def is_han(character: str) -> bool:
    """Tell whether a character is one of the basic Han block."""
    return "\u4e00" <= character <= "\u9fff"
