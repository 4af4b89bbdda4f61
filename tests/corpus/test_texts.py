"""Gold sentences and clean texts are well formed and as many as promised."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from demo_pages.articles import load_accounts
from demo_pages.marks import corrected, marks

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FAMILIES = (
    "DAT", "FRM", "GEO", "LAW", "MTG", "NAM", "ORD", "ORG", "REP", "TER", "TTL", "VUL", "WRD",
)  # fmt: skip
HALVES = (".", "held")


def _entries(family: str, kind: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    for half in HALVES:
        path = CORPUS / "gold" / half / f"{family}.toml"
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        assert data.keys() == {"valid", "invalid"}
        entries += data[kind]
    return entries


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_a_family_has_entries_enough_and_no_two_alike(family: str, kind: str) -> None:
    texts = [entry["text"] for entry in _entries(family, kind)]
    assert len(texts) >= 30
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_an_entry_has_its_text_day_and_reason(family: str, kind: str) -> None:
    for entry in _entries(family, kind):
        assert entry.keys() == {"text", "published_on", "why"}
        assert isinstance(entry["published_on"], date)
        assert entry["why"]


@pytest.mark.parametrize("family", FAMILIES)
def test_only_invalid_texts_are_marked(family: str) -> None:
    assert [entry for entry in _entries(family, "valid") if marks(entry["text"])] == []
    assert [entry for entry in _entries(family, "invalid") if not marks(entry["text"])] == []
    for entry in _entries(family, "invalid"):
        assert all(mark.wrong != mark.right for mark in marks(entry["text"]))
        assert "→" not in corrected(entry["text"])


def test_there_are_no_other_gold_files() -> None:
    found = {path.relative_to(CORPUS / "gold") for path in (CORPUS / "gold").rglob("*.toml")}
    assert found == {Path(half, f"{family}.toml") for half in HALVES for family in FAMILIES}


def _clean_texts() -> dict[str, str]:
    texts = {}
    for path in sorted((CORPUS / "clean").iterdir()):
        head, blank, body = path.read_text(encoding="utf-8").split("\n", 2)
        assert head.startswith("published_on: ")
        date.fromisoformat(head.removeprefix("published_on: "))
        assert blank == ""
        texts[path.name] = body.strip()
    return texts


def test_clean_texts_are_long_enough_and_no_two_alike() -> None:
    texts = list(_clean_texts().values())
    texts += [
        article.plain
        for account in load_accounts(CORPUS / "demo" / "articles")
        for article in account.articles
        if not article.planted
    ]
    assert len(_clean_texts()) >= 20
    assert sum(map(len, texts)) >= 25_000
    assert len({text[:15] for text in texts}) == len(texts)


def test_clean_texts_hold_no_marks() -> None:
    assert [name for name, text in _clean_texts().items() if marks(text)] == []
