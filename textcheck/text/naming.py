"""Which characters Chinese names are made of."""

from collections.abc import Mapping

__all__ = ["Naming"]

_LONGEST = 3
_LEAST = 3  # of 13,000 people; fewer have a character by mistake of the list
_FEW = 5  # of 13,000 people: whoever acts under such a surname is the one that is known


class Naming:
    """How many people have a character as surname and in the given name: {"江": (83, 9)}."""

    def __init__(self, counts: Mapping[str, tuple[int, int]]) -> None:
        """Keep the counts."""
        self._counts = counts

    def likely(self, name: str) -> bool:
        """
        Tell whether a text of two or three characters may be somebody's name.

        >>> naming = Naming({"江": (83, 9), "舒": (2, 30)})
        >>> naming.likely("江舒"), naming.likely("浬舒"), naming.likely("江蚤")
        (True, False, False)
        """
        if len(name) > _LONGEST or self._counts.get(name[:1], (0, 0))[0] < _LEAST:
            return False
        return all(self._counts.get(character, (0, 0))[1] >= _LEAST for character in name[1:])

    def is_seldom(self, surname: str) -> bool:
        """
        Tell whether hardly anybody has a surname.

        >>> Naming({"江": (83, 9), "舒": (2, 30)}).is_seldom("舒")
        True
        """
        return self._counts.get(surname, (0, 0))[0] <= _FEW
