"""Whether the channels of the settings would work, told without sending anything."""

from collections.abc import Callable

import pytest

from tests.notify.conftest import ROBOTS, Mailbox
from textcheck.account import Account, Platform
from textcheck.cli.channels import channels_told
from textcheck.config import Config, NotifyConfig

ACCOUNTS = tuple(
    Account(name, "云栖县", f"云栖县{unit}", Platform.WECHAT, name)
    for name, unit in (("a", "教体局"), ("b", "公安局"), ("c", "审计局"), ("d", "统计局"))
)
SENDER = "政务公开办 <zwgk@example.gov.cn>"
Start = Callable[..., Mailbox]


def lines(*, offline: bool = False, **settings: object) -> list[str]:
    config = Config(notify=NotifyConfig(**settings))  # type: ignore[arg-type] # as in the file
    return [str(line) for line in channels_told(ACCOUNTS, config, offline=offline)]


def test_all_mail_is_tried_by_one_login_and_nothing_is_sent(start_mail: Start) -> None:
    mailbox = start_mail()
    mail = {"云栖县教体局": "a@b.cn", "云栖县": "c@d.cn,e@f.cn"}
    server = f"smtp+plain://127.0.0.1:{mailbox.port}"
    assert lines(smtp=server, sender=SENDER, mail=mail) == [
        f"通过  通知 邮件：127.0.0.1:{mailbox.port} 可以连接，不需要登录，接受发件人；收件人 3 个"
    ]
    assert mailbox.taken == []
    assert lines(smtp="smtp+plain://127.0.0.1:1", sender=SENDER, mail=mail, offline=True) == [
        "通过  通知 邮件：没有访问网络，没有登录邮件服务器"
    ]


def test_a_server_that_would_not_take_the_sender_is_told(start_mail: Start) -> None:
    mailbox = start_mail()
    mailbox.welcome = "553 Mail from must equal authorized user"
    mail = {"*": "a@b.cn"}
    (line,) = lines(smtp=f"smtp+plain://127.0.0.1:{mailbox.port}", sender=SENDER, mail=mail)
    assert line.startswith("失败  通知 邮件：邮件服务器返回 553（Mail from must")
    assert line.endswith("请核对 [notify] 的 smtp、smtp_password、sender 和防火墙")
    (line,) = lines(smtp="smtp+plain://127.0.0.1:1", sender=SENDER, mail=mail)
    assert line.startswith("失败  通知 邮件：邮件服务器 127.0.0.1 无法使用")
    (line,) = lines(smtp="smtp+plain://127.0.0.1:1", sender=SENDER, mail={"*": "某人"})
    assert line == "失败  通知 邮件：“某人”不是邮箱地址"


@pytest.mark.parametrize(
    ("kind", "secret", "line"),
    [
        (
            "wecom",
            ROBOTS["wecom"],
            "通过  通知 wecom:*：已设置，主机 qyapi.weixin.qq.com，没有加签密钥；没有试发",
        ),
        (
            "dingtalk",
            f"{ROBOTS['dingtalk']} SECabc",
            "通过  通知 dingtalk:*：已设置，主机 oapi.dingtalk.com，有加签密钥；没有试发",
        ),
        (
            "feishu",
            "https://chat.example.gov.cn/bot/1",
            (
                "通过  通知 feishu:*：已设置，主机 chat.example.gov.cn，不是飞书的公网地址，"
                "没有加签密钥；没有试发"
            ),
        ),
        (
            "webhook",
            "http://10.0.0.8/hook/7 k",
            "通过  通知 webhook:*：已设置，主机 10.0.0.8，没有加密，有签名密钥；没有试发",
        ),
        (
            "wecom",
            ROBOTS["dingtalk"],
            "失败  通知 wecom:*：这是钉钉机器人的地址，不是企业微信的",
        ),
        (
            "feishu",
            "4f3c2b1a",
            "失败  通知 feishu:*：密钥的内容不是网址，应以 https:// 开头",
        ),
        (
            "wecom",
            "",
            "失败  通知 wecom:*：[notify.wecom] *：没有设置环境变量 ROBOT",
        ),
    ],
)
def test_a_robot_is_looked_at_and_its_secret_stays_one(
    kind: str, secret: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROBOT", secret)
    told = lines(**{kind: {"*": "env:ROBOT"}})  # type: ignore[arg-type] # a setting by name
    assert told == [line]


def test_units_that_no_channel_reaches_and_slips_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ROBOT", ROBOTS["wecom"])
    assert lines() == []
    told = lines(wecom={"云栖县教育局": "env:ROBOT"})
    assert told[0].startswith("失败  通知：[notify.wecom]：登记表中没有单位或县区“云栖县教育局”")
    assert told[1] == (
        "警告  通知：云栖县教体局、云栖县公安局、云栖县审计局等 4 个单位没有发送渠道；"
        "请在 [notify] 中写明，或把通知下载后另行送达"
    )
