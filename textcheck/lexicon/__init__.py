"""All that is known, compiled, loaded and asked of a text."""
