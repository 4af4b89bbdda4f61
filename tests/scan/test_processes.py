"""A night whose texts are checked by several processes, and one text that kills them."""

from functools import partial
from typing import TYPE_CHECKING

from tests.engine.poison import build
from textcheck.engine import Crew
from textcheck.store.findings import list_issues

if TYPE_CHECKING:
    from tests.scan.conftest import Night


def test_a_text_that_kills_is_a_gap_and_all_others_are_checked(night: "Night") -> None:
    night.source.texts["a/1"] = "毒文。"
    night.source.texts["b/1"] = "一错。"
    run = night.scan(crew=Crew(build(), partial(build), 2))
    assert run.checked == 3
    assert run.coverage["a"].failed == 1
    assert run.coverage["b"].failed == 0
    [failure] = run.failures
    assert failure.endswith("/a/1 未能检查：检查它的进程接连被信号 SIGKILL 终止")
    with night.store.read() as connection:
        assert [issue.sentence for issue in list_issues(connection, confirmations=2)] == ["一错。"]
    again = night.scan(crew=Crew(build(), partial(build), 2))
    assert (again.checked, again.coverage["a"].failed) == (0, 1)
