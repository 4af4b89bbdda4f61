"""Golden runs of the command line: tests/cli/NAME/{args,in/,stdin,stdout,stderr,status}."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from textcheck.cli.main import program
from textcheck.cli.tools import Tools

CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/args"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_command_gives_what_the_golden_files_hold(
    case: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    if (case / "in").is_dir():
        monkeypatch.chdir(case / "in")
    stdin = (case / "stdin").read_bytes() if (case / "stdin").is_file() else b""
    args = (case / "args").read_text(encoding="utf-8").splitlines()

    ran = CliRunner(catch_exceptions=False).invoke(
        program, args, obj=tools, input=stdin, prog_name="textcheck"
    )

    given = {"stdout": ran.stdout, "stderr": ran.stderr, "status": f"{ran.exit_code}\n"}
    if os.environ.get("REWRITE_CASES"):  # a person reads the diff
        for name, text in given.items():
            (case / name).write_text(text, encoding="utf-8")
    assert given == {name: (case / name).read_text(encoding="utf-8") for name in given}
