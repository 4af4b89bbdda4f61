"""The robots and the webhook against hosts that answer as the platforms do."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from replay import Answer

from tests.notify.conftest import NOW, ROBOTS, Robots, notice, said
from textcheck.config import CrawlerConfig
from textcheck.crawler.client import Client
from textcheck.errors import NotifyError, UnsureError
from textcheck.notice import Notice
from textcheck.notify.base import Sender
from textcheck.notify.robots import DINGTALK, FEISHU, WECOM, Robot
from textcheck.notify.webhook import Webhook

SECRET = "SEC000111222"  # noqa: S105 # of nobody
DIALECTS = {"wecom": WECOM, "dingtalk": DINGTALK, "feishu": FEISHU}
BUSY = {"errcode": 45009, "errmsg": "api freq out of limit, hint: [1690], from ip: 10.1.2.3"}
# kind, answer, what is told
REFUSALS = (
    ("wecom", said(BUSY), "企业微信返回 45009（api freq out of limit"),
    ("wecom", said({"errcode": 93000, "errmsg": "invalid webhook url"}), "机器人的地址无效"),
    ("dingtalk", said({"errcode": 310000, "errmsg": "sign not match"}), "加签密钥"),
    ("dingtalk", said({"errcode": 130101, "errmsg": "send too fast"}), "过于频繁"),
    ("feishu", said({"code": 19021, "msg": "sign match fail or timestamp"}, 400), "加签密钥"),
    ("feishu", said({"code": 11232, "msg": "frequency limited"}, 400), "过于频繁"),
    ("wecom", Answer(b"<html>login</html>"), "企业微信返回 200，不是机器人的应答"),
    ("dingtalk", Answer(status=502), "返回 502"),
    ("webhook", Answer(status=403), "对方返回 403"),
    ("webhook", Answer(status=429), "429"),
)


def sender(client: Client, kind: str, secret: str) -> Sender:
    address = ROBOTS[kind]
    if kind == "webhook":
        return Webhook(client, lambda: NOW, address, secret)
    return Robot(DIALECTS[kind], client, lambda: NOW, address, secret)


@pytest.fixture
def send(robots: Robots) -> Callable[..., None]:
    """Send notices to a robot."""
    assert robots.replay is not None
    config = CrawlerConfig(reroute=robots.replay.reroute(), retries=0, pace=0.0)

    def run(kind: str, notices: Sequence[Notice] = (notice(),), secret: str = SECRET) -> None:
        async def go() -> None:
            async with Client(config) as client:
                await sender(client, kind, secret).send(notices)

        asyncio.run(go())

    return run


def test_a_wecom_robot_is_told_in_markdown(send: Callable[..., None], robots: Robots) -> None:
    send("wecom")
    assert robots.asked[-1].query == {"key": "693a91f6-7xxx"}
    assert robots.message["msgtype"] == "markdown"
    text = robots.message["markdown"]["content"]
    assert text.splitlines()[0] == "**政务新媒体整改通知（1个单位）**"
    assert (
        "云栖县某局：云栖发布（微信）严重表述错误（2026.5.6）；请于2026年7月31日前整改并反馈。"
        in text
    )
    assert "高质量" not in text  # no word of the articles goes into a chat


def test_a_dingtalk_robot_is_signed(send: Callable[..., None], robots: Robots) -> None:
    send("dingtalk")
    query = robots.asked[-1].query
    assert query["access_token"] == "9f8e7d"  # noqa: S105 # of nobody
    assert query["timestamp"] == str(int(NOW.timestamp() * 1000))
    text = f"{query['timestamp']}\n{SECRET}".encode()
    signed = base64.b64encode(hmac.new(SECRET.encode(), text, hashlib.sha256).digest())
    assert query["sign"] == signed.decode()
    assert robots.message["markdown"]["title"] == "政务新媒体整改通知（1个单位）"
    send("dingtalk", secret="")
    assert robots.asked[-1].query == {"access_token": "9f8e7d"}


def test_a_feishu_robot_is_signed_in_the_body(send: Callable[..., None], robots: Robots) -> None:
    send("feishu")
    message: dict[str, Any] = robots.message
    key = f"{message['timestamp']}\n{SECRET}".encode()
    signed = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
    assert (message["sign"], message["msg_type"]) == (signed, "text")
    assert message["content"]["text"].startswith("政务新媒体整改通知")


def test_a_webhook_gets_the_accounts_and_can_know_us(
    send: Callable[..., None], robots: Robots
) -> None:
    send("webhook")
    asked = robots.asked[-1]
    signed = hmac.new(
        SECRET.encode(), f"{asked.headers['X-Textcheck-Time']}.".encode() + asked.body, "sha256"
    )
    assert asked.headers["X-Textcheck-Signature"] == f"sha256={signed.hexdigest()}"
    (told,) = robots.message["notices"]
    assert (told["unit"], told["due_on"], told["edition"]) == ("云栖县某局", "2026-07-31", 1)
    assert told["accounts"][0]["dates"] == ["2026-05-06"]


def test_a_digest_is_one_message_as_long_as_the_robot_takes(
    send: Callable[..., None], robots: Robots
) -> None:
    send("wecom", [notice(f"第{number:03}县某局") for number in range(120)])
    assert len(robots.asked) == 1
    text = robots.message["markdown"]["content"]
    assert len(text.encode()) <= 4096
    assert text.splitlines()[0] == "**政务新媒体整改通知（120个单位）**"
    assert text.splitlines()[-1].endswith("个单位，见书面通知。")


@pytest.mark.parametrize(("kind", "answer", "told"), REFUSALS)
def test_a_refusal_is_told_without_any_secret(
    send: Callable[..., None], robots: Robots, kind: str, answer: Answer, told: str
) -> None:
    robots.answers.append(answer)
    with pytest.raises(NotifyError) as refused:
        send(kind)
    assert not isinstance(refused.value, UnsureError)
    words = str(refused.value)
    assert told in words
    for secret in (SECRET, "693a91f6", "9f8e7d", "4f3c2b1a", "0a1b2c", "sign="):
        assert secret not in words


@pytest.mark.parametrize("kind", list(ROBOTS))
def test_a_line_that_breaks_leaves_it_open_whether_it_arrived(
    send: Callable[..., None], robots: Robots, kind: str
) -> None:
    robots.answers.append(Answer(close=True))
    with pytest.raises(UnsureError) as broken:
        send(kind)
    address = ROBOTS[kind]
    assert address.split("/")[2] in str(broken.value)
    assert address.rpartition("/")[2] not in str(broken.value)
    assert json.loads(robots.asked[-1].body)  # the robot had it all
