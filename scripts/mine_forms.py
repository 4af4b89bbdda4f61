"""
Find ordinary Chinese that the matcher takes for a slip in a protected form.

    python scripts/mine_forms.py neighbours --shared DIR

The clean corpora hold hardly any misprints, so what the matcher flags there in several articles
is most often lawful: another term (人才强军战略), a short form (改革开放40年), two words that
meet (中国科学院|院士). Each line is a near miss with its count: the protected form, the text, how
often, in how many articles, and a place. A person reads them: what is lawful goes to
lexicons/allowed.tsv with its reason or into `variants`; what is a misprint stays flagged; a form
with too many lawful neighbours is taken out or made longer.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sightings import Article, read_articles

from textcheck.data import data_dir
from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.load import load_lexicon

__all__ = ["Neighbour", "find_neighbours", "main"]

CORPORA = (
    "cpcnews_people_cn", "general_crud_rag_news", "gov_work_reports", "laws", "laws_lawrefbook",
    "party_docs", "xwlb",
)  # fmt: skip
_AROUND = 10  # characters of the excerpt on each side


@dataclass(slots=True)
class Neighbour:
    """A text near a protected form, and where it was seen."""

    excerpt: str
    count: int = 0
    articles: set[int] = field(default_factory=set)


def find_neighbours(
    articles: Iterable[Article], lexicon: Lexicon
) -> dict[tuple[str, str], Neighbour]:
    """Return what the matcher flags, by protected form and text."""
    found: dict[tuple[str, str], Neighbour] = {}
    for number, article in enumerate(articles):
        text = f"{article.title}\n{article.text}"
        for kind in EntryKind:
            for slip in lexicon.slips(text, kind):
                start, end = slip.span.start, slip.span.end
                excerpt = text[max(0, start - _AROUND) : end + _AROUND]
                neighbour = found.setdefault(
                    (slip.entry.form, text[start:end]), Neighbour(" ".join(excerpt.split()))
                )
                neighbour.count += 1
                neighbour.articles.add(number)
    return found


def lines(found: dict[tuple[str, str], Neighbour], min_articles: int) -> list[str]:
    """Return a line for each neighbour in enough articles, grouped by form, the commonest first."""
    of_form: dict[str, int] = defaultdict(int)
    kept = {
        key: neighbour
        for key, neighbour in found.items()
        if len(neighbour.articles) >= min_articles
    }
    for (form, _), neighbour in kept.items():
        of_form[form] += neighbour.count
    ordered = sorted(
        kept.items(), key=lambda item: (-of_form[item[0][0]], item[0][0], -item[1].count)
    )
    return [
        f"{form}\t{text}\t{neighbour.count}\t{len(neighbour.articles)}\t{neighbour.excerpt}"
        for (form, text), neighbour in ordered
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description="What the matcher takes for slips in clean text.")
    parser.add_argument("command", choices=["neighbours"])
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--corpus", action="append", default=[], help="read only this corpus")
    parser.add_argument(
        "--min-articles", type=int, default=3, help="leave out what fewer articles hold"
    )
    options = parser.parse_args(arguments)
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    try:
        found = find_neighbours(read_articles(options.shared, options.corpus or CORPORA), lexicon)
    except FileNotFoundError as error:
        parser.error(str(error))
    print("near\tform\tcount\tarticles\texcerpt")
    print("\n".join(lines(found, options.min_articles)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
