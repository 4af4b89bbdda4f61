"""What kind of character a character is."""

__all__ = ["is_han", "is_rare"]

_SECOND_LEVEL = 0xD8  # the first byte where GB 2312 goes on by radicals


def is_han(character: str) -> bool:
    """Tell whether a character is one of the basic Han block."""
    return "\u4e00" <= character <= "\u9fff"


def is_rare(character: str) -> bool:
    """
    Tell whether a Han character is not one of the 3,755 of GB 2312's first level.

    The others make up less than one in a thousand of official text, outside names.

    >>> is_rare("柙"), is_rare("东"), is_rare("x")
    (True, False, False)
    """
    if not is_han(character):
        return False
    try:
        return character.encode("gb2312")[0] >= _SECOND_LEVEL
    except UnicodeEncodeError:
        return True
