"""On which day an article was published, and what a limit on false alarms does."""

import io
import json
from pathlib import Path

import pytest
import zstandard
from dated import publish_day, read_dated
from score_clean import main


@pytest.mark.parametrize(
    ("written", "text", "day"),
    [
        ("2026-02-07", "", "2026-02-07"),
        ("2026-02", "", "2026-02-28"),
        ("2024", "", "2024-12-31"),
        ("2026", "——2026年1月20日在云栖市第九届人民代表大会第四次会议上", "2026-01-20"),
        ("2026", "（2025年12月29日在云栖县第九届人民代表大会第四次会议上）", "2025-12-29"),
        ("2026", "2019年1月20日在云栖市人民代表大会上", "2026-12-31"),  # of another report
        ("2026", "2026年3月1日起施行", "2026-12-31"),  # no meeting
    ],
)
def test_the_day_of_an_article(written: str, text: str, day: str) -> None:
    assert publish_day(written, text).isoformat() == day


def corpus(folder: Path, *records: dict[str, str | None]) -> Path:
    path = folder / "some.jsonl.zst"
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    with zstandard.open(path, "wb") as stream:
        io.BufferedWriter(stream).write(lines.encode())
    return path


def test_an_article_without_a_day_is_left_out(tmp_path: Path) -> None:
    path = corpus(
        tmp_path,
        {"date": "2026-05-06", "title": "甲", "text": "乙。"},
        {"date": None, "title": "丙", "text": "丁。"},
    )
    (article,) = read_dated(path)
    assert article.document.text == "甲\n乙。"
    assert article.document.published_on is not None


def test_a_limit_on_false_alarms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = corpus(tmp_path, {"date": "2026-05-06", "title": "甲", "text": "会期定在2月30日。"})
    assert main([str(path), "--most-serious", "0"]) == 0
    assert main([str(path), "--most-ordinary", "20", "--list"]) == 1
    out = capsys.readouterr().out
    assert "DAT601" in out
    assert "【2月30日】" in out
    assert "FAILED ordinary" in out
    assert main([str(path), "--only", "NAM", "--most-ordinary", "0"]) == 0


def test_sentences_that_a_table_calls_right(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sentences.tsv"
    path.write_text("一切如常。\t一切如常。\n会期2月30日。\t会期2月28日。\n", encoding="utf-8")
    assert main([str(path), "--most-ordinary", "0"]) == 0
    assert "1 texts" in capsys.readouterr().out
