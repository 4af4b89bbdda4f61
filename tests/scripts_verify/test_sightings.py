import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("甲市委书记", "甲市委书记\t3\t2019-05-01\t第一次\t2020-03-01\t第二次"),
        ("甲市市长", "甲市市长\t1\t2020-02-01\t甲市市长调研\t2020-02-01\t甲市市长调研"),  # title
        ("乙市市长", "乙市市长\t0\t\t\t\t"),
    ],
)
def test_a_form_has_its_count_and_its_first_and_last_article(
    run: Run, shared: Path, form: str, line: str
) -> None:
    done = run("sightings.py", "--shared", shared, form)
    assert (done.returncode, done.stdout) == (0, line + "\n")


def test_a_form_inside_a_longer_one_counts_for_both(run: Run, shared: Path) -> None:
    done = run("sightings.py", "--shared", shared, "书记", "甲市委书记")
    assert [line.split("\t")[:2] for line in done.stdout.splitlines()] == [
        ["书记", "3"],
        ["甲市委书记", "3"],
    ]


def test_forms_come_from_a_file_in_its_order(run: Run, shared: Path, tmp_path: Path) -> None:
    listed = tmp_path / "forms.txt"
    listed.write_text("调研\n\n  讲话 \n", encoding="utf-8")
    done = run("sightings.py", "--shared", shared, "--file", listed)
    assert [line.split("\t")[:2] for line in done.stdout.splitlines()] == [
        ["调研", "2"],
        ["讲话", "1"],
    ]


def test_another_corpus_is_read_when_named(run: Run, shared: Path) -> None:
    done = run("sightings.py", "--shared", shared, "--corpus", "news", "甲市委书记")
    assert done.stdout.split("\t")[1] == "5"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--corpus", "nowhere", "书记"], "no corpus 'nowhere'"),
        ([], "no form given"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, shared: Path, arguments: list[str], message: str
) -> None:
    done = run("sightings.py", "--shared", shared, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
