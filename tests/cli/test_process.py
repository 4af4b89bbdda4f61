"""The command line as the shell sees it: exit statuses, encodings, pipes, signals, imports."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from textcheck.data import data_dir

# A date that no calendar has is found by every lexicon.
WRONG = "会议定于2月30日召开。"
NOT_TOUCHED = {"sqlalchemy", "alembic", "httpx", "feedparser", "lxml", "docx", "xlsxwriter"}
# A process started in the background ignores the interrupt: make it listen.
LISTENING = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from textcheck.cli.main import main; main()"
)


def run(
    *args: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 # our own program
        [sys.executable, "-m", "textcheck", *args],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env=os.environ | (environment or {}),
    )


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 # our own program
        [sys.executable, "-c", LISTENING, "check", "--from", "jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (("--text", "会议定于2月28日召开。"), 0),
        (("--text", WRONG), 0),  # ordinary, below the default of --fail-on
        (("--text", WRONG, "--fail-on", "ordinary"), 1),
        (("--text", WRONG, "--fail-on", "ordinary", "no-such-file.txt"), 2),
        ((), 2),
    ],
)
def test_check_ends_with_the_status_that_it_promises(args: tuple[str, ...], status: int) -> None:
    assert run("check", *args).returncode == status


def test_version_names_program_lexicon_and_model() -> None:
    lines = run("--version").stdout.decode().splitlines()

    assert lines[0].startswith("textcheck ")
    assert lines[1].startswith("词库 ")
    assert lines[2].startswith("模型 ")


@pytest.mark.parametrize(
    ("options", "told"), [((), "；模型 "), (("--no-model",), "；未启用模型；")]
)
def test_the_learned_stage_takes_part_unless_it_is_left_out(
    options: tuple[str, ...], told: str
) -> None:
    ran = run("check", "--text", "要关爱留守儿童的身心建康。", *options)

    assert ("MDL001" in ran.stdout.decode()) is (not options)
    assert told in ran.stderr.decode()


def test_models_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    shutil.copytree(data_dir("lexicons"), tmp_path / "lexicons")
    for name in ("language", "ngrams", "places", "slips", "typos"):
        shutil.copytree(data_dir("models") / name, tmp_path / "models" / name)
    (tmp_path / "models" / "language" / "judge.npz").unlink()
    ran = run("check", "--text", "会议", environment={"TEXTCHECK_DATA": str(tmp_path)})

    assert ran.returncode == 2
    assert "无法使用模型" in ran.stderr.decode()
    assert "--no-model" in ran.stderr.decode()


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gb18030"},
    ],
    ids=str,
)
def test_output_is_utf_8_whatever_the_locale(environment: dict[str, str]) -> None:
    ran = run("check", "-", stdin=WRONG.encode("gb18030"), environment=environment)

    assert "【2月30日】" in ran.stdout.decode()
    assert "词库日期" in ran.stderr.decode()


def test_a_file_name_that_is_no_utf_8_is_shown_escaped(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xb8\xe5.txt")).write_text(WRONG, encoding="utf-8")

    text, lines = (run("check", "--format", form, str(tmp_path)) for form in ("text", "jsonl"))

    assert "⟨U+DCB8⟩⟨U+DCE5⟩.txt:1:5" in text.stdout.decode()
    assert json.loads(lines.stdout)["path"].endswith("\udcb8\udce5.txt")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
    ids=str,
)
def test_colour_is_for_terminals_and_for_whoever_asks(
    environment: dict[str, str],
    coloured: bool,  # noqa: FBT001 # a column of the table
) -> None:
    neutral = {"NO_COLOR": "", "FORCE_COLOR": ""}
    ran = run("check", "--text", WRONG, environment=neutral | environment)

    assert (b"\x1b[" in ran.stdout) is coloured


def test_a_closed_pipe_ends_quietly() -> None:
    line = json.dumps({"text": WRONG})
    many = "".join(f'{{"id": "{number}", {line[1:]}\n' for number in range(3000))
    with start() as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(many.encode()[:60_000])  # fits into the pipe
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        try:
            process.stdin.write(many.encode()[60_000:])
            process.stdin.close()
        except BrokenPipeError:
            pass  # it left before it was told everything, as it should
        errors = process.stderr.read().decode()

    assert process.returncode == 141
    assert errors == ""


def test_a_stream_is_answered_line_by_line_and_an_interrupt_ends_it() -> None:
    with start() as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(json.dumps({"id": "1", "text": WRONG}).encode() + b"\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())  # while the input is still open
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        errors = process.stderr.read().decode()

    assert [finding["quote"] for finding in answer["findings"]] == ["2月30日"]
    assert process.returncode == 130
    assert errors.strip() == "已中断"


@pytest.mark.parametrize(
    ("args", "others"),
    [
        (["--help"], {"numpy", "textcheck.checkers", "textcheck.lexicon"}),
        (["check", "--text", WRONG], {"markdown_it", "textcheck.store", "textcheck.crawler"}),
        # A tenth of a second, for what several functions of NumPy do at their first call.
        (["check", "--text", "我们的仼务是把文件递交叻，全体会意通过。"], {"numpy.ma"}),
    ],
)
def test_a_command_imports_only_what_it_needs(args: list[str], others: set[str]) -> None:
    script = (
        "import sys\nfrom textcheck.cli.main import program\n"
        f"try:\n    program({args!r})\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, sep='\\n')"
    )
    ran = subprocess.run(  # noqa: S603 # our own program
        [sys.executable, "-c", script], capture_output=True, check=True
    )

    assert not (NOT_TOUCHED | others) & set(ran.stdout.decode().split())
