"""Nothing is sent twice; what failed is told, and goes out in the next run."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from replay import Answer

from tests.notify.conftest import NOW, ROBOTS, Mailbox, Robots, notice, said
from textcheck.account import Account, Platform
from textcheck.config import CrawlerConfig, NotifyConfig
from textcheck.crawler.client import Client
from textcheck.errors import ConfigError
from textcheck.notice import DeliveryState, Notice
from textcheck.notify.channels import channels_of, demand_known
from textcheck.notify.sending import Sent, send_due
from textcheck.store.connect import Store
from textcheck.store.notices import claim, deliveries_of, keep_notices

Run = Callable[..., list[Sent]]


@pytest.fixture
def run(store: Store, robots: Robots) -> Run:
    """Send what is due by some settings."""
    assert robots.replay is not None
    crawler = CrawlerConfig(reroute=robots.replay.reroute(), retries=0, pace=0.0)

    def send(settings: NotifyConfig, *, again: bool = False) -> list[Sent]:
        async def go() -> list[Sent]:
            async with Client(crawler) as client:
                channels = channels_of(settings, lambda: NOW)
                return await send_due(
                    store, channels, client, by="命令行", now=lambda: NOW, unsure_again=again
                )

        return asyncio.run(go())

    return send


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> NotifyConfig:
    """Return settings with a robot for all, and one for a county whose secret is in a file."""
    monkeypatch.setenv("ROBOT_ALL", ROBOTS["wecom"])
    secret = tmp_path / "robot"
    secret.write_text(f"{ROBOTS['dingtalk']} SEC0\n", encoding="utf-8")
    secret.chmod(0o600)
    return NotifyConfig(wecom={"*": "env:ROBOT_ALL"}, dingtalk={"枫林区": f"file:{secret}"})


def told(outcomes: list[Sent]) -> list[tuple[str, list[str], str]]:
    return [
        (item.channel.name, [notice.unit for notice in item.notices], item.state.value)
        for item in outcomes
    ]


@pytest.mark.usefixtures("kept")
def test_each_channel_gets_one_message_a_run_and_none_twice(
    run: Run, robots: Robots, settings: NotifyConfig
) -> None:
    assert told(run(settings)) == [
        ("wecom:*", ["云栖县某局", "枫林区某局"], "sent"),
        ("dingtalk:枫林区", ["枫林区某局"], "sent"),
    ]
    assert len(robots.asked) == 2
    assert robots.asked[1].query["sign"]
    assert run(settings) == []
    assert len(robots.asked) == 2


@pytest.mark.usefixtures("kept")
def test_a_channel_that_failed_is_told_and_goes_out_in_the_next_run(
    run: Run, robots: Robots, settings: NotifyConfig
) -> None:
    robots.answers.append(said({"errcode": 45009, "errmsg": "api freq out of limit"}))
    first = run(settings)
    assert [item.state for item in first] == [DeliveryState.FAILED, DeliveryState.SENT]
    assert "45009" in first[0].error
    assert told(run(settings)) == [("wecom:*", ["云栖县某局", "枫林区某局"], "sent")]
    assert run(settings) == []


@pytest.mark.usefixtures("kept")
def test_what_may_have_arrived_goes_out_again_only_when_asked(
    run: Run, robots: Robots, settings: NotifyConfig
) -> None:
    robots.answers.append(Answer(close=True))
    assert [item.state for item in run(settings)] == [DeliveryState.UNSURE, DeliveryState.SENT]
    assert run(settings) == []
    assert told(run(settings, again=True)) == [("wecom:*", ["云栖县某局", "枫林区某局"], "sent")]


def test_a_run_that_was_killed_while_it_sent_does_not_send_again(
    run: Run, store: Store, robots: Robots, settings: NotifyConfig, kept: list[Notice]
) -> None:
    with store.write() as connection:
        assert claim(connection, kept[0].id, "wecom:*", now=NOW)
        assert not claim(connection, kept[0].id, "wecom:*", now=NOW)
    assert told(run(settings))[0] == ("wecom:*", ["枫林区某局"], "sent")
    with store.read() as connection:
        (left,) = deliveries_of(connection, [kept[0].id])[kept[0].id]
    assert (left.state, left.error) == (DeliveryState.UNSURE, "发送时中断")
    assert len(robots.asked) == 2


@pytest.mark.usefixtures("kept")
def test_a_secret_that_is_missing_stops_its_channel_only(
    run: Run, settings: NotifyConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROBOT_ALL")
    first, second = run(settings)
    assert (first.state, second.state) == (DeliveryState.FAILED, DeliveryState.SENT)
    assert first.error == "[notify.wecom] *：没有设置环境变量 ROBOT_ALL"


def test_mail_goes_to_the_unit_by_name(
    run: Run, start_mail: Callable[..., Mailbox], kept: list[Notice]
) -> None:
    mailbox = start_mail()
    settings = NotifyConfig(
        smtp=f"smtp+plain://127.0.0.1:{mailbox.port}",
        sender="zwgk@example.gov.cn",
        mail={"云栖县某局": "yunxi@example.gov.cn, office@example.gov.cn"},
    )
    assert told(run(settings)) == [("mail:云栖县某局", [kept[0].unit], "sent")]
    (envelope,) = mailbox.taken
    assert envelope.rcpt_tos == ["yunxi@example.gov.cn", "office@example.gov.cn"]


def test_a_later_edition_tells_only_what_is_new(
    run: Run, store: Store, robots: Robots, settings: NotifyConfig, kept: list[Notice]
) -> None:
    changed = notice("枫林区某局", number=2, dates=(kept[0].lines[0].dates[0] + timedelta(1),))
    with store.write() as connection:
        made = keep_notices(connection, [notice(number=2), changed], "审批人")
    assert [item.unit for item in made] == ["枫林区某局"]
    outcomes = run(settings)
    assert [(item.unit, item.number) for item in outcomes[0].notices] == [
        ("枫林区某局", 2),
        ("云栖县某局", 1),
    ]  # the first notice of the former never goes out
    assert len(robots.asked) == 2


def test_a_channel_of_a_unit_that_nobody_knows_is_a_slip() -> None:
    accounts = [Account("a", "云栖县", "云栖县某局", Platform.WECHAT, "云栖发布")]
    demand_known(channels_of(NotifyConfig(mail={"云栖县": "", "*": ""}), lambda: NOW), accounts)
    with pytest.raises(ConfigError, match=r"\[notify.feishu\]：登记表中没有单位或县区“云西县”"):
        demand_known(channels_of(NotifyConfig(feishu={"云西县": ""}), lambda: NOW), accounts)
