"""The clean text that models are made of, and what of it is kept apart to set thresholds on."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

__all__ = ["Article", "articles", "held_out", "set_aside"]

_NEWS, _REPORTS = "train_xwlb", "train_gov_work_reports"
_NEWS_FROM = "2025-10"  # the last three months
_REPORTS_OF_100 = 3
# Of text that is not counted more is needed: of a million characters some ten look like a slip.
_NEWS_ASIDE_FROM, _REPORTS_ASIDE_OF_100 = "2024-10", 10


@dataclass(frozen=True, slots=True)
class Article:
    """A text of a corpus."""

    corpus: str
    day: str
    title: str
    text: str


def articles(folder: Path) -> Iterator[Article]:
    """Yield the articles of all training corpora of a folder, always in the same order."""
    for path in sorted(folder.glob("train_*.jsonl.zst")):
        with zstandard.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                data = json.loads(line)
                corpus = path.name.partition(".")[0]
                yield Article(corpus, data["date"], data["title"], data["text"])


def held_out(article: Article) -> bool:
    """Tell whether thresholds are set on an article, so that no model may read it."""
    return _among_the_last(article, _NEWS_FROM, _REPORTS_OF_100)


def set_aside(article: Article) -> bool:
    """Tell whether weights of evidence from counts are fit on an article, which is not counted."""
    return _among_the_last(article, _NEWS_ASIDE_FROM, _REPORTS_ASIDE_OF_100)


def _among_the_last(article: Article, news_from: str, reports_of_100: int) -> bool:
    if article.corpus == _NEWS:
        return article.day >= news_from
    if article.corpus == _REPORTS:
        name = f"{article.day} {article.title}".encode()
        return int.from_bytes(hashlib.sha256(name).digest()[:4]) % 100 < reports_of_100
    return False
