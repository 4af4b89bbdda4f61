"""
Say when a form was first and last seen in the dated news.

    python scripts/sightings.py --shared DIR 国务院总理李强 国家副主席韩正
    python scripts/sightings.py --shared DIR --file forms.txt --corpus party_docs

Prints one line a form: form, count, first date, its title, last date, its title.
A corpus is named as sources in the lexicons name it: its file name without train_, dev_
and .jsonl.zst.
"""

import argparse
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import zstandard
from ahocorasick_rs import AhoCorasick, MatchKind

__all__ = ["NEWS", "Article", "Sighting", "find_sightings", "main", "read_articles"]

NEWS = ("cpcnews_people_cn", "xwlb")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the corpora; `day` is as written there, sometimes only a year."""

    corpus: str
    day: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """How often a form occurs, and in which articles first and last."""

    form: str
    count: int = 0
    first: Article | None = None
    last: Article | None = None

    def and_in(self, article: Article) -> "Sighting":
        """Return this sighting with one more occurrence."""
        first, last = self.first or article, self.last or article
        return Sighting(
            self.form,
            self.count + 1,
            article if article.day < first.day else first,
            article if article.day >= last.day else last,
        )

    def line(self) -> str:
        """Return the sighting as a line of a table."""
        cells = [self.form, str(self.count)]
        for article in (self.first, self.last):
            cells += [article.day, article.title] if article else ["", ""]
        return "\t".join(cells)


def corpus_name(path: Path) -> str:
    """
    Return the name under which sources cite a corpus file.

    >>> corpus_name(Path("train_xwlb.jsonl.zst"))
    'xwlb'
    """
    return path.name.removesuffix(".jsonl.zst").removeprefix("train_").removeprefix("dev_")


def read_articles(
    shared: Path, names: Iterable[str], *, measured: bool = False
) -> Iterator[Article]:
    """
    Yield the articles of the named corpora, file by file.

    The `measured` ones are for facts alone: other rules would be measured on what they were made
    of.
    """
    paths = sorted((shared / "corpora").glob("*.jsonl.zst" if measured else "train_*.jsonl.zst"))
    known = {corpus_name(path) for path in paths}
    wanted = set(names)
    if unknown := sorted(wanted - known):
        raise FileNotFoundError(
            f"no corpus {unknown[0]!r} in {shared / 'corpora'}; known: {', '.join(sorted(known))}"
        )
    for path in paths:
        if (name := corpus_name(path)) not in wanted:
            continue
        with zstandard.open(path, "rb") as stream:
            for line in io.TextIOWrapper(stream, encoding="utf-8"):
                record = json.loads(line)
                yield Article(name, record["date"] or "", record["title"], record["text"])


def find_sightings(articles: Iterable[Article], forms: Sequence[str]) -> list[Sighting]:
    """Return what was seen of each form, in the order of forms."""
    unique = list(dict.fromkeys(forms))
    # Standard matching with overlaps: a form inside a longer one counts for both.
    automaton = AhoCorasick(unique, matchkind=MatchKind.Standard)
    found = {form: Sighting(form) for form in unique}
    for article in articles:
        text = f"{article.title}\n{article.text}"
        for index, _start, _end in automaton.find_matches_as_indexes(text, overlapping=True):
            form = unique[index]
            found[form] = found[form].and_in(article)
    return [found[form] for form in forms]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description="When a form was first and last seen.")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--file", type=Path, help="file with one form a line")
    parser.add_argument(
        "--corpus", action="append", default=[], help="one more corpus to read, beside the news"
    )
    parser.add_argument("forms", nargs="*", help="the forms to look for")
    options = parser.parse_args(arguments)
    lines = options.file.read_text(encoding="utf-8").splitlines() if options.file else []
    forms = [*options.forms, *(line.strip() for line in lines if line.strip())]
    if not forms:
        parser.error("no form given")
    try:
        articles = read_articles(options.shared, {*NEWS, *options.corpus}, measured=True)
        sightings = find_sightings(articles, forms)
    except FileNotFoundError as error:
        parser.error(str(error))
    for sighting in sightings:
        print(sighting.line())
    return 0


if __name__ == "__main__":
    sys.exit(main())
