import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import zstandard

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"

Run = Callable[..., subprocess.CompletedProcess[str]]

ARTICLES = {
    "train_news": [
        ("2020-01-02", "甲市召开会议　部署工作", "甲市委书记、甲某-乙某出席。甲市委书记讲话。"),
        ("2020-01-02", "又一条消息", "没有别的内容。"),
    ],
    "dev_news": [("2021", "甲市工作报告", "甲市市长作报告。")],
    "train_xwlb": [
        ("2020-03-01", "第二次", "甲市委书记调研。"),
        ("2019-05-01", "第一次", "甲市委书记讲话，甲市委书记强调。"),
    ],
    "train_cpcnews_people_cn": [("2020-02-01", "甲市市长调研", "内容。")],
}


def write_corpus(path: Path, articles: Iterable[tuple[str, str, str]]) -> None:
    lines = [
        json.dumps({"source": "x", "date": day, "title": title, "text": text}, ensure_ascii=False)
        for day, title, text in articles
    ]
    path.write_bytes(zstandard.compress("\n".join(lines).encode()))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    (folder / "corpora").mkdir(parents=True)
    (folder / "facts" / "reform").mkdir(parents=True)
    for name, articles in ARTICLES.items():
        write_corpus(folder / "corpora" / f"{name}.jsonl.zst", articles)
    (folder / "facts" / "reform" / "2018.md").write_text("组建甲部。", encoding="utf-8")
    return folder


@pytest.fixture
def run() -> Run:
    def run_script(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own script, run as its users run it
            [sys.executable, "-X", "utf8", str(SCRIPTS / name), *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run_script
