from configparser import RawConfigParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from textcheck.cli.main import program
from textcheck.cli.service import service_files
from textcheck.errors import ConfigError


def textcheck(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["service", "install", *arguments])


def parsed(text: str) -> RawConfigParser:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign] # keys as systemd has them
    parser.read_string(text)
    return parser


def test_units_and_a_cron_line_are_shown(tmp_path: Path) -> None:
    (tmp_path / "textcheck.toml").touch()
    result = textcheck("--folder", str(tmp_path), "--at", "2:05", "--run-as", "office")
    assert result.exit_code == 0
    parts = result.stdout.split("# ---- ")
    assert [part.partition("\n")[0] for part in parts] == [
        "",
        "textcheck.service",
        "textcheck.timer",
        "textcheck-notice.service",
        "textcheck-notice.timer",
        "textcheck.cron",
    ]
    assert "User=office\n" in result.stdout
    assert f"WorkingDirectory={tmp_path}\n" in result.stdout
    assert "OnCalendar=*-*-* 02:05:00 Asia/Shanghai\n" in result.stdout
    assert f"\n5 2 * * * cd {tmp_path} && " in result.stdout
    assert "OnCalendar=Mon..Fri *-*-* 09:00:00 Asia/Shanghai\n" in result.stdout
    assert f"\n0 9 * * 1-5 cd {tmp_path} && " in result.stdout
    assert "systemctl enable --now textcheck.timer textcheck-notice.timer" in result.stderr
    assert "提示" not in result.stderr


def test_they_are_written_where_wanted(tmp_path: Path) -> None:
    result = textcheck("--folder", str(tmp_path), "--output", str(tmp_path / "units"))
    assert result.exit_code == 0
    unit = parsed((tmp_path / "units" / "textcheck.service").read_text(encoding="utf-8"))
    assert unit["Service"]["SuccessExitStatus"] == "1"
    assert unit["Service"]["Type"] == "oneshot"
    assert unit["Service"]["ExecStart"].endswith(" scan --manifest runs/last.json")
    timer = parsed((tmp_path / "units" / "textcheck.timer").read_text(encoding="utf-8"))
    assert timer["Timer"]["Persistent"] == "true"
    sending = parsed((tmp_path / "units" / "textcheck-notice.service").read_text(encoding="utf-8"))
    assert sending["Service"]["ExecStart"].endswith(" notice send")
    assert "SuccessExitStatus" not in sending["Service"]  # what did not go out is a failure
    assert "没有 textcheck.toml，将用默认设置" in result.stderr


def test_spaces_and_signs_of_a_path_are_kept() -> None:
    files = service_files(Path("/srv/某局 50%"), (1, 30), "office", ("/opt/a b/textcheck",))
    service = parsed(files["textcheck.service"])["Service"]
    assert service["WorkingDirectory"] == "/srv/某局 50%%"
    assert service["ReadWritePaths"] == '"/srv/某局 50%%"'
    assert service["EnvironmentFile"] == "-/srv/某局 50%%/textcheck.env"
    assert service["ExecStart"] == '"/opt/a b/textcheck" scan --manifest runs/last.json'
    assert files["textcheck.cron"] == (
        "CRON_TZ=Asia/Shanghai\n"
        "30 1 * * * cd '/srv/某局 50\\%' && '/opt/a b/textcheck' scan --manifest runs/last.json"
        " >> scan.log 2>&1\n"
        "0 9 * * 1-5 cd '/srv/某局 50\\%' && '/opt/a b/textcheck' notice send"
        " >> notice.log 2>&1\n"
    )


@pytest.mark.parametrize("at", ["25:00", "1点", "01:60", ""])
@pytest.mark.parametrize("option", ["--at", "--send-at"])
def test_a_time_that_is_none_is_refused(option: str, at: str) -> None:
    result = textcheck(option, at)
    assert (result.exit_code, "时间应写作" in result.stderr) == (2, True)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    result = textcheck("--folder", str(tmp_path / "无"))
    assert (result.exit_code, "不存在" in result.stderr) == (2, True)
    (tmp_path / "file").touch()
    result = textcheck("--output", str(tmp_path / "file" / "units"))
    assert (result.exit_code, "无法写入" in result.stderr) == (2, True)
    with pytest.raises(ConfigError, match="不能写进单元"):
        service_files(Path("/srv/a\nb"), (1, 30), "office", ("textcheck",))
