from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from textcheck.store.connect import Store
from textcheck.store.verdicts import verdicts_of

Run = Callable[..., Result]
HEADER = "reviewer\tdecision\taccount\tnative_id\tquote\treason\tnote"
ROWS = (
    "审核员甲\tconfirm\ta\t1\t王某某",
    "审核员乙\t确认\tb\thttps://example.gov.cn/b/7\t王某某\t\t见原件",
    "审核员甲\tdismiss\ta\t2\t布署\t其他\t原文如此",
)


@pytest.fixture
def apply(review: Run, tmp_path: Path) -> Run:
    """Write rows below the header to a file and apply it."""

    def run(*rows: str, header: str = HEADER, encoding: str = "utf-8", end: str = "\n") -> Result:
        path = tmp_path / "决定.tsv"
        path.write_bytes(end.join([header, *rows, ""]).encode(encoding))
        return review("apply", str(path))

    return run


def decisions(store: Store, fingerprints: dict[str, str]) -> list[str]:
    with store.read() as connection:
        return [
            f"{verdict.reviewer} {verdict.decision} {verdict.scope} {quote}"
            for quote, fingerprint in fingerprints.items()
            for verdict in verdicts_of(connection, [fingerprint])[fingerprint]
        ]


DECIDED = [
    "审核员甲 confirm everywhere 王某某",
    "审核员乙 confirm everywhere 王某某",
    "审核员甲 dismiss everywhere 布署",
]


@pytest.mark.parametrize(
    ("encoding", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("utf-8", "\n\n")]
)
def test_a_file_of_decisions_is_applied(
    apply: Run, store: Store, fingerprints: dict[str, str], encoding: str, end: str
) -> None:
    result = apply(*ROWS, encoding=encoding, end=end)
    assert result.exit_code == 0, result.output
    assert result.stdout == "3 行决定，新记录 3 条。\n涉及 2 个问题：确认 1、排除 1。\n"
    assert decisions(store, fingerprints) == DECIDED


def test_the_same_file_again_adds_nothing(
    apply: Run, store: Store, fingerprints: dict[str, str]
) -> None:
    apply(*ROWS)
    result = apply(*ROWS)
    assert result.stdout == "3 行决定，新记录 0 条。\n涉及 2 个问题：确认 1、排除 1。\n"
    assert decisions(store, fingerprints) == DECIDED


def test_one_reviewer_on_both_articles_of_a_sentence_counts_once(
    apply: Run, store: Store, fingerprints: dict[str, str]
) -> None:
    result = apply(ROWS[0], "审核员甲\tconfirm\tb\t7\t王某某")
    assert result.stdout == "2 行决定，新记录 1 条。\n涉及 1 个问题：复核中 1。\n"
    assert decisions(store, fingerprints) == DECIDED[:1]


def test_a_column_may_say_the_scope(apply: Run, store: Store, fingerprints: dict[str, str]) -> None:
    row = "account:b\t审核员甲\tdismiss\tb\t7\t王某某\t重复"
    assert apply(row, header=f"scope\t{HEADER}").exit_code == 0
    assert decisions(store, fingerprints) == ["审核员甲 dismiss account:b 王某某"]


def test_a_file_without_decisions_decides_nothing(apply: Run, store: Store) -> None:
    del store
    assert apply().stdout == "0 行决定，新记录 0 条。\n涉及 0 个问题：无。\n"


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("审核员甲\tconfirm\ta\t1\t张某某", "第 3 行：账号 a 的文章 1 中没有发现过“张某某”"),
        ("审核员甲\tconfirm\tb\t1\t王某某", "第 3 行：账号 b 的文章 1 中没有发现过“王某某”"),
        ("审核员甲\tmaybe\ta\t1\t王某某", "第 3 行：decision 应为 confirm、确认、dismiss、排除"),
        ("审核员甲\tconfirm\ta\t1\t王某某\t重复", "第 3 行：确认不需要理由"),
        ("审核员甲\tdismiss\ta\t1\t王某某", "第 3 行：排除的理由应为"),
        ("审核员甲\tdismiss\ta\t1\t王某某\t其他", "第 3 行：理由为“其他”时必须填写备注"),
        ("\tconfirm\ta\t1\t王某某", "第 3 行：没有填写 reviewer"),
        ("审核员甲\tconfirm\ta\t1", "第 3 行：没有填写 quote"),
        ("审核员甲\tconfirm\ta\t1\t王某某\t\t\t多", "第 3 行：多出一列“多”"),
    ],
)
def test_one_wrong_row_and_nothing_is_applied(
    apply: Run, store: Store, fingerprints: dict[str, str], row: str, message: str
) -> None:
    result = apply(ROWS[0], row, ROWS[1])
    assert result.exit_code == 2
    assert message in result.stderr
    assert decisions(store, fingerprints) == []


@pytest.mark.usefixtures("store")
def test_every_wrong_row_is_named(apply: Run) -> None:
    result = apply("审核员甲\tconfirm\ta\t1\t甲", ROWS[0], "审核员甲\tmaybe\ta\t1\t王某某")
    assert "第 2 行" in result.stderr
    assert "第 4 行" in result.stderr


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", "缺少列 reviewer、decision、account、native_id、quote"),
        ("reviewer\tdecision\taccount\tquote", "缺少列 native_id"),
        (f"{HEADER}\t审核时间", "不认识的列“审核时间”；可用的有：reviewer"),
        (f"{HEADER}\tnote", "有重复的列"),
    ],
)
def test_a_wrong_header_is_refused(apply: Run, header: str, message: str) -> None:
    result = apply(*ROWS, header=header)
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.usefixtures("store")
def test_a_file_that_is_not_utf_8_is_refused(apply: Run) -> None:
    result = apply(*ROWS, encoding="gb18030")
    assert result.exit_code == 2
    assert "不是 UTF-8 编码的文本" in result.stderr
