"""The nonconformance list as plain text, for the terminal."""

from textcheck.edition import Edition
from textcheck.report.attachment import (
    ATTACHMENT,
    HEADERS,
    PREVIEW,
    list_rows,
    list_title,
    sampling_note,
)
from textcheck.text.width import display_width, pad

__all__ = ["columns", "list_text"]


def list_text(edition: Edition) -> str:
    """Return the list with its title and note; an account with two dates takes two lines."""
    standing = PREVIEW if edition.is_preview else f"第{edition.number}版"
    table: list[tuple[str, ...]] = [HEADERS]
    for row in list_rows(edition.lines):
        first, *more = row.dates.split("\n")
        table.append((*row.cells[:-1], first))
        table += [("", "", "", "", day) for day in more]
    lines = [f"{ATTACHMENT}（{standing}）", list_title(edition), *columns(table)]
    return "\n".join([*lines, sampling_note(edition)]) + "\n"


def columns(table: list[tuple[str, ...]]) -> list[str]:
    """Return the rows of a table as lines, the columns under each other."""
    widths = [max(map(display_width, column)) for column in zip(*table, strict=True)]
    return [
        "  ".join(pad(text, width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
