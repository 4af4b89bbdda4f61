import json
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "mine_forms.py"

CLEAN = "会议强调，要坚决做到“两个维护”。"
NEAR = "会议强调，要坚决做到“两个唯护”。"


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    (tmp_path / "corpora").mkdir()
    articles = [
        (f"2024-01-0{day}", "消息", text) for day, text in enumerate([CLEAN, NEAR, NEAR], 1)
    ]
    lines = [
        json.dumps({"source": "x", "date": day, "title": title, "text": text}, ensure_ascii=False)
        for day, title, text in articles
    ]
    path = tmp_path / "corpora" / "train_news.jsonl.zst"
    path.write_bytes(zstandard.compress("\n".join(lines).encode()))
    return tmp_path


def mine(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own script, run as its users run it
        [sys.executable, "-X", "utf8", str(SCRIPT), "neighbours", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(("least", "seen"), [("1", True), ("2", True), ("3", False)])
def test_a_near_miss_is_listed_when_enough_articles_hold_it(
    shared: Path, least: str, *, seen: bool
) -> None:
    done = mine("--shared", shared, "--corpus", "news", "--min-articles", least)
    assert done.returncode == 0, done.stderr
    rows = [line.split("\t") for line in done.stdout.splitlines()[1:] if line]
    assert [row[2:4] for row in rows if "唯护" in row[1]] == ([["2", "2"]] if seen else [])
    assert all("唯护" in row[1] for row in rows)  # the clean article gives no line


def test_an_unknown_corpus_is_an_error_that_names_the_known(shared: Path) -> None:
    done = mine("--shared", shared, "--corpus", "nowhere")
    assert done.returncode != 0
    assert "known: news" in done.stderr
