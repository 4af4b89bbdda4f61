"""The peoples of the country, and how the names of the shortest are miswritten."""

from collections import Counter
from collections.abc import Iterable

from textcheck.errors import LexiconError
from textcheck.knowledge.entry import Entry, EntryKind
from textcheck.knowledge.layers import Layers, read_rows
from textcheck.knowledge.table import Row

__all__ = ["LAST", "PEOPLES", "Peoples", "read_peoples"]

PEOPLES = "peoples"
"""The owner of the counts of peoples and of short names with another last character."""
LAST = "族"
"""What every name of a people ends in."""

_PEOPLE, _KINDS = "people", ("people", "former", "short", "group")
_SHORT, _MIDDLE = 2, 3
# What is written for the last character, by sound or shape: 回簇, 白旅.
_FOR_LAST = "旅簇蔟镞旋施组足祖卒"
_WORDS = frozenset({"满足"})
_COUNTED = ("个民族", "个少数民族", "个兄弟民族", "个兄弟姐妹民族")


class Peoples:
    """
    All peoples; what is looked for as it stands is known by its number in `forms`.

    `short` are those of two characters by the first, `cut` those of three by each character that
    can be left of one which lacks the other.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Keep the entries."""
        self.entries = tuple(entries)
        self.short = {one.form[0]: one for one in self.entries if len(one.form) == _SHORT}
        middle = [one for one in self.entries if len(one.form) == _MIDDLE]
        left = Counter(character for one in middle for character in one.form[:-1])
        self.cut = {
            character: one
            for one in middle
            for character in one.form[:-1]
            if left[character] == 1 and character not in self.short
        }
        written = (one + last for one in self.short for last in _FOR_LAST)
        self.forms = (*_COUNTED, *(form for form in written if form not in _WORDS))

    def is_count(self, number: int) -> bool:
        """Tell whether a form by its number is something counted: 个民族."""
        return number < len(_COUNTED)

    def total(self, counted: str) -> int:
        """Return how many there are of what is counted; all but one are minorities."""
        return len(self.entries) - ("少数" in counted)


def read_peoples(layers: Layers) -> Peoples:
    """Read the peoples of peoples.tsv; raise LexiconError naming file, line and column."""
    return Peoples(
        Entry(
            row["id"],
            EntryKind.PEOPLE,
            row.required("form"),
            row.level("level"),
            row.day("valid_from"),
            row.day("valid_to"),
            row.citation("source"),
            row.several("aliases"),
        )
        for row in read_rows(layers, PEOPLES)
        if _is_people(row)
    )


def _is_people(row: Row) -> bool:
    people = row.choice("kind", {kind: kind == _PEOPLE for kind in _KINDS})
    if people == bool(row["wrong"]):
        raise LexiconError(f"{row.where} wrong 列{'应留空' if people else '不能为空'}")
    return people
