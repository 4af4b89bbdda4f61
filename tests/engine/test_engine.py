"""What comes of a text does not depend on who checks it, nor on who dies meanwhile."""

import gc
import os
import random
import signal
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.poison import build, build_badly, dies_at_once
from textcheck.cli.tools import default_tools
from textcheck.document import Document
from textcheck.engine import Crew, Outcome, checked, pool
from textcheck.engine.worker import Build, keep_tables
from textcheck.errors import CheckError, ConfigError

LONG = "众人。" * 20_000  # two of them are more than is checked together


def told(outcome: Outcome) -> object:
    return str(outcome) if isinstance(outcome, CheckError) else outcome


def texts_of(documents: Sequence[Document], among: Crew) -> list[tuple[str, object]]:
    return [(document.text, told(outcome)) for document, outcome in checked(documents, among)]


def by(jobs: int, luck: Path | None = None) -> Crew:
    return Crew(build(luck), partial(build, luck), jobs)


@settings(max_examples=4, deadline=None)
@given(
    st.lists(
        st.sampled_from(["一错。", "没有。", "错错", "", "坏文。", "拒文。", "早文。", LONG]),
        max_size=12,
    )
)
def test_several_processes_find_what_one_finds(texts: list[str]) -> None:
    documents = [Document(f"{number}{text}") for number, text in enumerate(texts)]
    alone = texts_of(documents, by(1))
    assert [text for text, _ in alone] == [document.text for document in documents]
    assert texts_of(documents, by(2)) == alone


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_on_which_the_program_fails_stops_no_other(jobs: int) -> None:
    documents = [Document(text) for text in ("一错", "坏文", "早错", "拒文", "又错")]
    outcomes = dict(texts_of(documents, by(jobs)))
    assert str(outcomes["坏文"]).startswith("程序出错（ZeroDivisionError：坏；poison.py 第 ")
    assert outcomes["拒文"] == "这篇检查不了"
    found = {text: outcome for text, outcome in outcomes.items() if isinstance(outcome, list)}
    assert {text: len(findings) for text, findings in found.items()} == {
        "一错": 1,
        "早错": 1,
        "又错": 1,
    }


def test_what_the_first_texts_have_made_is_no_garbage() -> None:
    keep_tables.cache_clear()
    before = gc.get_freeze_count()
    texts_of([Document(text) for text in (LONG, LONG, "一错。")], by(1))
    assert gc.get_freeze_count() > before


def test_the_text_that_kills_is_found_and_all_others_are_checked() -> None:
    deadly = random.Random(7).randrange(60)  # noqa: S311 # any will do
    documents = [Document(f"{number}{'毒' if number == deadly else '错'}") for number in range(60)]
    documents[30:] = [Document(f"{LONG}{one.text}") for one in documents[30:]]  # several shards
    outcomes = texts_of(documents, by(2))
    assert [text for text, _ in outcomes] == [document.text for document in documents]
    dead = {text: outcome for text, outcome in outcomes if not isinstance(outcome, list)}
    assert dead == {documents[deadly].text: "检查它的进程接连被信号 SIGKILL 终止"}


def test_a_process_that_dies_by_chance_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "once").touch()
    documents = [Document(f"{number}偶错") for number in range(20)]
    assert texts_of(documents, by(2, tmp_path)) == texts_of(documents, by(1))


def test_processes_killed_from_outside_lose_nothing() -> None:
    documents = [Document(f"{number}错{LONG}") for number in range(9)]

    def killing() -> Iterator[Document]:
        for number, document in enumerate(documents):
            if number in {4, 7}:  # texts are taken ahead: work is under way
                for process in active_children()[:1]:
                    os.kill(process.pid or 0, signal.SIGKILL)
            yield document

    outcomes = [(document.text, told(outcome)) for document, outcome in checked(killing(), by(2))]
    assert outcomes == texts_of(documents, by(1))


def test_a_text_that_is_never_done_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_PATIENCE", 0.3)
    documents = [Document("一错"), Document("停"), Document("又错")]
    outcomes = dict(texts_of(documents, by(2)))
    assert outcomes.pop("停") == "检查它的进程接连超时未完"
    assert [len(found) for found in outcomes.values() if isinstance(found, list)] == [1, 1]


def test_not_more_than_some_shards_are_ahead() -> None:
    taken: list[int] = []

    def endless() -> Iterator[Document]:
        number = 0
        while True:
            taken.append(number)
            yield Document(f"{number}{LONG}{LONG}")
            number += 1

    outcomes = checked(endless(), by(2))
    for done in range(1, 9):
        next(outcomes)
        assert len(taken) <= done + 2 * 3 + 1
    outcomes.close()  # type: ignore[attr-defined] # a generator
    assert active_children() == []


@pytest.mark.parametrize(
    ("maker", "error", "message"),
    [
        (build_badly, ConfigError, "没有词库"),
        (dies_at_once, CheckError, "3 次没有启动成功（被信号 SIGKILL 终止）"),
    ],
)
def test_a_process_that_cannot_start_is_told(
    maker: Build, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        list(checked([Document("文")], Crew(build(), maker, 2)))
    assert active_children() == []


def test_little_is_checked_here_and_much_by_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    started: list[int] = []

    def count(shards: object, maker: object, jobs: int) -> Iterator[None]:
        del shards, maker
        started.append(jobs)
        return iter(())

    monkeypatch.setattr(pool, "pooled", count)
    among = Crew(build(), build, 0, worth=len(LONG) * 4)
    documents = [Document(f"{number}{LONG}") for number in range(6)]
    assert len(list(checked(documents[:3], among))) == 3
    assert started == []
    list(checked(documents, among))
    assert started == [2]
    assert len(list(checked(documents, Crew(build(), None, 2)))) == 6  # nobody else can


TEXTS = (
    "会议要求学习贯彻习近平新时代中国特色社会主意思想，布署下一步工作。",
    "不忘初心、忘记使命。会议于2月30日召开。",
    "没有问题的一句话。",
    "省委副书记、省主席长主持会议，强调要坚持党的全面全面领导。",
)


def test_the_whole_check_is_the_same_in_processes() -> None:
    tools = default_tools(threads=1)
    documents = [Document(f"{text}\n第{number}篇。") for number, text in enumerate(TEXTS)]
    alone = texts_of(documents, tools.crew(1))
    assert sum(len(found) for _, found in alone if isinstance(found, list)) > len(TEXTS)
    assert texts_of(documents, tools.crew(2)) == alone
