"""Notices in a store, the hosts of robots and a mail server on loopback."""

import json
from asyncio import Server
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from replay import Answer, Asked, Replay

from textcheck.config import CHINA
from textcheck.edition import EditionLine, Quarter
from textcheck.notice import Flaw, Notice
from textcheck.store.connect import Store, open_store
from textcheck.store.notices import keep_notices

NOW = datetime(2026, 7, 20, 9, 30, tzinfo=CHINA)
DUE = date(2026, 7, 31)


def notice(unit: str = "云栖县某局", *, number: int = 1, dates: tuple[date, ...] = ()) -> Notice:
    """Return the notice of an invented unit with one account."""
    days = dates or (date(2026, 5, 6),)
    county, name = unit[:3], f"{unit[:2]}发布"
    line = EditionLine(f"{unit}-1", county, f"{name}（微信）", name, ("严重表述错误",), days)
    flaws = [
        Flaw(
            "f1",
            line.account_id,
            line.account,
            "1",
            "某单位召开会议",
            "https://example.gov.cn/1",
            day,
            "会议要求推动【高质量发屏】。",
            ("高质量发展",),
        )
        for day in days
    ]
    return Notice(Quarter(2026, 2), number, county, unit, DUE, (line,), tuple(flaws), NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    with closing(open_store(f"sqlite:///{tmp_path / 'office.db'}")) as opened:
        yield opened


@pytest.fixture
def kept(store: Store) -> list[Notice]:
    """Keep the notices of two units."""
    with store.write() as connection:
        return keep_notices(connection, [notice(), notice("枫林区某局")], "审批人")


@dataclass
class Robots:
    """The hosts of all robots; each answers as it is told, and keeps what it was sent."""

    replay: Replay | None = None
    answers: list[Answer] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answer:
        """Answer with what was told, and with success where nothing was."""
        self.asked.append(asked)
        if self.answers:
            return self.answers.pop(0)
        ok = {"code": 0, "msg": "success", "data": {}}
        return said(ok if "feishu" in asked.host else {"errcode": 0, "errmsg": "ok"})

    @property
    def message(self) -> Any:  # noqa: ANN401 # what the robot was sent
        """Return the last message."""
        return json.loads(self.asked[-1].body)


def said(answer: dict[str, Any], status: int = 200) -> Answer:
    """Return an answer of JSON."""
    return Answer(json.dumps(answer).encode(), "application/json", status)


ROBOTS = {
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=9f8e7d",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/4f3c2b1a",
    "webhook": "https://hooks.example.gov.cn/textcheck/0a1b2c",
}


@pytest.fixture
def robots(tmp_path: Path) -> Iterator[Robots]:
    """Serve the robots' hosts."""
    answering = Robots()
    hosts = {address.split("/")[2]: answering for address in ROBOTS.values()}
    with Replay(tmp_path, hosts=hosts) as replay:
        answering.replay = replay
        yield answering


@dataclass
class Mailbox:
    """What a mail server took, and what it answers to a sender and to the end of a message."""

    taken: list[Envelope] = field(default_factory=list)
    answer: str = "250 OK"
    welcome: str = "250 OK"
    port: int = 0

    async def handle_MAIL(  # noqa: N802 # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender, or refuse one."""
        del server, session
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.welcome

    async def handle_DATA(  # noqa: N802 # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a message."""
        del server, session
        if self.answer.startswith("250"):
            self.taken.append(envelope)
        return self.answer


class MailHost(Controller):
    """A mail server on any free port."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # aiosmtpd has no types for it


@pytest.fixture
def start_mail() -> Iterator[Callable[..., Mailbox]]:
    """Start mail servers on loopback."""
    controllers = []

    def start(**options: Any) -> Mailbox:  # noqa: ANN401 # aiosmtpd's own options
        mailbox = Mailbox()
        options = {"ready_timeout": 30.0, **options}
        controller = MailHost(mailbox, hostname="127.0.0.1", port=0, **options)
        controller.start()
        controllers.append(controller)
        mailbox.port = controller.port
        return mailbox

    yield start
    for controller in controllers:
        controller.stop()
