"""Count columns: a Chinese character takes two."""

from unicodedata import combining, east_asian_width

__all__ = ["display_width", "pad"]


def display_width(text: str) -> int:
    """
    Return the columns that a line of text takes in Chinese type.

    Signs of ambiguous width, such as “ and —, are wide there.

    >>> display_width("2021年“甲”")
    12
    """
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WFA" else 1 for char in text
    )


def pad(text: str, width: int) -> str:
    """Fill text with spaces on the right to that many columns."""
    return text + " " * (width - display_width(text))
