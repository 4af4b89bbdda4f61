"""
Check that the sources of the lexicons are real: `python scripts/verify_lexicon.py --shared DIR`.

Every table with a column `source` is read. A source is `unverified`, or `facts:FILE` under
DIR/facts, or `CORPUS DAY TITLE`: an article of DIR/corpora on that day whose title begins so.
What is cited must contain what the row is about: its form or an alias of it, in offices.tsv
the person. A column `end_source` is checked likewise, but the article that ends a term may
name only the successor. Errors are printed as file:line, and give exit 1.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sightings import read_articles

from textcheck.knowledge.table import written_out

__all__ = ["Claim", "main", "problem_of", "read_claims"]

_ARTICLE = re.compile(r"(?P<corpus>\S+) (?P<day>\d{4}(?:-\d{2}(?:-\d{2})?)?) (?P<title>\S.*)")
_FACTS = "facts:"
_UNVERIFIED = "unverified"
# The column that a cited text must contain, the first that a table has.
_SUBJECTS = ("person", "name", "members", "parts", "form", "avoid", "right")
_OTHER_WRITINGS = ("aliases", "variants", "full_name", "instead")
# News wrote the dot of Uygur, Kazak and Tibetan names as a hyphen until about 2015.
_DOTS = str.maketrans(dict.fromkeys("-•‧・．", "·"))

# Corpus and day of an article → the texts of that day, folded, title first.
Shelf = Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Claim:
    """A source, where it stands, and the writings of which the cited text must contain one."""

    place: str
    table: str
    source: str
    writings: tuple[str, ...]

    @property
    def article(self) -> tuple[str, str, str] | None:
        """Return corpus, day and beginning of the title, if an article is cited."""
        if not (match := _ARTICLE.fullmatch(self.source)):
            return None
        return match["corpus"], match["day"], fold(match["title"].rstrip("…"))


def fold(text: str) -> str:
    """
    Make dots one and white space one, in which titles and tables differ for no reason.

    >>> fold("甲某-乙某")
    '甲某·乙某'
    """
    return re.sub(r"\s+", " ", text).translate(_DOTS)


def read_claims(table: Path) -> Iterator[Claim]:
    """Yield the sources of a table; nothing for a table without them."""
    with table.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        columns = rows.fieldnames or ()
        if "source" not in columns:
            return
        subject = next((name for name in _SUBJECTS if name in columns), None)
        for row in rows:
            cells = {name: cell or "" for name, cell in row.items() if isinstance(name, str)}
            place = f"{table.name}:{rows.line_num}"
            yield Claim(place, table.name, cells["source"], _writings(cells, subject))
            if end := cells.get("end_source"):
                yield Claim(f"{place} (end_source)", table.name, end, ())


def _writings(cells: Mapping[str, str], subject: str | None) -> tuple[str, ...]:
    if subject is None:
        return ()
    written = "|".join(cells.get(name, "") for name in (subject, *_OTHER_WRITINGS)).split("|")
    whole = (writing for pattern in written if pattern for writing in written_out(pattern))
    return tuple(dict.fromkeys(whole))


def stock(shared: Path, claims: Sequence[Claim]) -> Shelf:
    """Return the texts of every corpus and day that is cited."""
    shelf: dict[tuple[str, str], list[str]] = {
        cited[:2]: [] for claim in claims if (cited := claim.article)
    }
    known = {corpus for corpus, _day in shelf} & _corpora(shared)
    for article in read_articles(shared, known, measured=True):
        if (key := (article.corpus, article.day)) in shelf:
            shelf[key].append(fold(f"{article.title}\n{article.text}"))
    return shelf


@cache
def _facts(path: Path) -> str:
    return fold(path.read_text(encoding="utf-8"))


def _corpora(shared: Path) -> set[str]:
    paths = (shared / "corpora").glob("*.jsonl.zst")
    return {re.sub(r"^(train|dev)_", "", path.name.removesuffix(".jsonl.zst")) for path in paths}


def problem_of(claim: Claim, shared: Path, shelf: Shelf) -> str | None:
    """Say what is wrong with a claim, or None."""
    if claim.source == _UNVERIFIED:
        return None
    if claim.source.startswith(_FACTS):
        path = shared / "facts" / claim.source.removeprefix(_FACTS)
        if ".." in path.parts or not path.is_file():
            return f"no such file of facts: {claim.source!r}"
        texts = [_facts(path)]
    elif cited := claim.article:
        corpus, day, title = cited
        texts = [text for text in shelf[corpus, day] if text.startswith(title)]
        if not texts:
            return f"no such article: {claim.source!r}"
    else:
        return f"not a source: {claim.source!r}; known: CORPUS DAY TITLE, facts:FILE, unverified"
    writings = [fold(writing) for writing in claim.writings]
    if writings and not any(writing in text for writing in writings for text in texts):
        return f"{claim.source!r} does not contain {claim.writings[0]!r}"
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Check the sources of the lexicons.")
    parser.add_argument("--shared", type=Path, required=True, help="holds corpora/ and facts/")
    parser.add_argument(
        "--lexicons", type=Path, default=Path(__file__).resolve().parents[1] / "lexicons"
    )
    options = parser.parse_args(arguments)
    claims = [
        claim for table in sorted(options.lexicons.glob("*.tsv")) for claim in read_claims(table)
    ]
    if not claims:
        parser.error(f"no table with a column 'source' in {options.lexicons}")
    shelf = stock(options.shared, claims)
    errors = 0
    for claim in claims:
        if problem := problem_of(claim, options.shared, shelf):
            errors += 1
            print(f"{claim.place}: {problem}")
    unverified = Counter(claim.table for claim in claims if claim.source == _UNVERIFIED)
    for table, total in Counter(claim.table for claim in claims).items():
        print(f"{table}: {total - unverified[table]} sources, {unverified[table]} unverified")
    print(f"{errors} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
