import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


def verify(run: Run, shared: Path, **tables: str) -> tuple[int, list[str]]:
    folder = shared / "lexicons"
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
    done = run("verify_lexicon.py", "--shared", shared, "--lexicons", folder)
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ("甲市委书记", "news 2020-01-02 甲市召开会议"),
        ("甲市委书记", "news 2020-01-02 甲市召开…"),
        ("部署工作", "news 2020-01-02 甲市召开会议 部署工作"),  # a wide space in the title
        ("甲某·乙某", "news 2020-01-02 甲市召开会议"),  # news writes the dot as a hyphen
        ("甲市市长", "news 2021 甲市工作报告"),  # of some articles only the year is known
        ("甲部", "facts:reform/2018.md"),
        ("随便什么", "unverified"),
    ],
)
def test_a_source_that_holds_the_form_is_right(
    run: Run, shared: Path, form: str, source: str
) -> None:
    code, lines = verify(run, shared, posts=f"id\tform\tsource\np1\t{form}\t{source}\n")
    assert (code, lines[-1]) == (0, "0 errors")


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("news 2020-01-03 甲市召开会议", "no such article: 'news 2020-01-03 甲市召开会议'"),
        ("news 2020-01-02 乙市", "no such article: 'news 2020-01-02 乙市'"),
        ("none 2020-01-02 甲市", "no such article: 'none 2020-01-02 甲市'"),
        (
            "news 2020-01-02 又一条消息",
            "'news 2020-01-02 又一条消息' does not contain '甲市委书记'",
        ),
        ("facts:none.tsv", "no such file of facts: 'facts:none.tsv'"),
        ("facts:../corpora/train_news.jsonl.zst", "no such file of facts"),
        ("facts:reform/2018.md", "'facts:reform/2018.md' does not contain '甲市委书记'"),
        ("https://example.org/", "not a source: 'https://example.org/'"),
        ("", "not a source: ''"),
    ],
)
def test_a_wrong_source_is_an_error_with_its_place(
    run: Run, shared: Path, source: str, problem: str
) -> None:
    code, lines = verify(run, shared, posts=f"id\tform\tsource\np1\t甲市委书记\t{source}\n")
    assert code == 1
    assert lines[0].startswith(f"posts.tsv:2: {problem}")
    assert lines[-1] == "1 errors"


@pytest.mark.parametrize(
    "table",
    [
        "id\tform\taliases\tsource\np1\t书记\t市长|甲市委书记\tnews 2020-01-02 甲市\n",
        "id\tname\tsource\np1\t甲某·乙某\tnews 2020-01-02 甲市\n",
        "id\tperson\tpost\tsource\np1\t甲某·乙某\tp9\tnews 2020-01-02 甲市\n",
        "id\twrong\tright\tsource\np1\t书己\t书记\tnews 2020-01-02 甲市\n",
    ],
)
def test_each_kind_of_table_names_its_subject(run: Run, shared: Path, table: str) -> None:
    code, lines = verify(run, shared, any=table)
    assert (code, lines) == (0, ["any.tsv: 1 sources, 0 unverified", "0 errors"])


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("news 2020-01-02 又一条消息", 0),  # the article on the successor need not name the person
        ("news 2020-01-02 第三条", 1),
        ("", 0),
    ],
)
def test_the_source_of_an_end_must_exist(run: Run, shared: Path, end: str, code: int) -> None:
    table = f"id\tperson\tsource\tend_source\no1\t甲某·乙某\tnews 2020-01-02 甲市\t{end}\n"
    found, lines = verify(run, shared, offices=table)
    assert found == code
    assert lines[0].startswith("offices.tsv:2 (end_source): no such article") is bool(code)


def test_sources_are_counted_by_table_and_others_are_left_alone(run: Run, shared: Path) -> None:
    code, lines = verify(
        run,
        shared,
        a="id\tform\tsource\n1\t甲部\tfacts:reform/2018.md\n2\t乙部\tunverified\n",
        b="id\tform\n1\t丙部\n",
    )
    assert (code, lines) == (0, ["a.tsv: 1 sources, 1 unverified", "0 errors"])


def test_a_folder_without_sources_is_an_error(run: Run, shared: Path) -> None:
    done = run("verify_lexicon.py", "--shared", shared, "--lexicons", shared)
    assert done.returncode == 2
    assert "no table with a column 'source'" in done.stderr
