"""What must change in one text to give another: wrong, missing, extra and swapped characters."""

from dataclasses import dataclass

__all__ = ["Change", "changes_between"]


@dataclass(frozen=True, slots=True)
class Change:
    """text[start:end] should read `right`; two swapped neighbours are one change."""

    start: int
    end: int
    right: str


def changes_between(text: str, right: str, most: int) -> tuple[Change, ...] | None:
    """
    Return the fewest changes that turn text into right, None where there are more than `most`.

    >>> changes_between("水士保持法", "水土保持法", 1)
    (Change(start=1, end=2, right='土'),)
    >>> changes_between("水保土持法", "水土保持法", 1)
    (Change(start=1, end=3, right='土保'),)
    """
    start = 0
    shorter = min(len(text), len(right))
    while start < shorter and text[start] == right[start]:
        start += 1
    behind = 0
    while behind < shorter - start and text[-1 - behind] == right[-1 - behind]:
        behind += 1
    middle, wanted = text[start : len(text) - behind], right[start : len(right) - behind]
    if max(len(middle), len(wanted)) > most and not _may_be_few(middle, wanted, most):
        return None
    costs = _costs(middle, wanted)
    if costs[-1][-1] > most:
        return None
    return tuple(
        Change(change.start + start, change.end + start, change.right)
        for change in _path(middle, wanted, costs)
    )


def _may_be_few(middle: str, wanted: str, most: int) -> bool:
    """Tell whether two parts with different ends have the characters for so few changes."""
    return len(set(middle) ^ set(wanted)) <= 2 * most


def _costs(text: str, right: str) -> list[list[int]]:
    costs = [list(range(len(right) + 1))]
    for row, character in enumerate(text, start=1):
        line = [row]
        above = costs[-1]
        for column, other in enumerate(right, start=1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (character != other))
            if row > 1 and column > 1 and _swapped(text, right, row, column):
                cost = min(cost, costs[-2][column - 2] + 1)
            line.append(cost)
        costs.append(line)
    return costs


def _swapped(text: str, right: str, row: int, column: int) -> bool:
    pair = text[row - 2 : row]
    return pair[0] != pair[1] and pair[::-1] == right[column - 2 : column]


def _path(text: str, right: str, costs: list[list[int]]) -> list[Change]:
    """Return the changes, in text order."""
    row, column = len(text), len(right)
    changes: list[Change] = []
    while row or column:
        cost = costs[row][column]
        both = row > 0 and column > 0
        if both and text[row - 1] == right[column - 1] and costs[row - 1][column - 1] == cost:
            row, column = row - 1, column - 1
            continue
        low = (row - 1, column)
        swapped = row > 1 and column > 1 and _swapped(text, right, row, column)
        if swapped and costs[row - 2][column - 2] + 1 == cost:
            low = (row - 2, column - 2)
        elif both and costs[row - 1][column - 1] + 1 == cost:
            low = (row - 1, column - 1)
        elif not row or costs[row - 1][column] + 1 != cost:
            low = (row, column - 1)
        changes.append(Change(low[0], row, right[low[1] : column]))
        row, column = low
    return changes[::-1]
