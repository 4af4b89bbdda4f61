"""How a text is broken into lines."""

__all__ = ["hard_wrapped"]

_FULL = 15  # a shorter line may be a heading
_LEAST = 3


def hard_wrapped(text: str) -> bool:
    r"""
    Tell whether lines break in the middle of sentences, as in mail and in text taken from PDF.

    >>> hard_wrapped("甲" * 30 + "\n" + "乙" * 30 + "\n" + "丙" * 30 + "\n" + "丁。")
    True
    """
    full = [line for line in text.split("\n")[:-1] if len(line) >= _FULL]
    broken = sum(line[-1].isalnum() for line in full)
    return broken >= _LEAST and 2 * broken > len(full)
