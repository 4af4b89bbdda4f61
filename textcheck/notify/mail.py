"""Notices by mail: one message a run to each address, with the Word documents attached."""

import asyncio
import hashlib
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from textcheck.errors import ConfigError, NotifyError, UnsureError
from textcheck.notice import Notice
from textcheck.notify.base import digest_lines, digest_title, without_secrets
from textcheck.report.unit_notice import notice_docx

__all__ = ["Mail", "MailServer", "mail_server"]

_DOCX = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
_PORTS = {"smtps": 465, "smtp": 587, "smtp+plain": 25}
_TIMEOUT = 30.0
_ACCEPTED = 250


@dataclass(frozen=True, slots=True)
class MailServer:
    """
    The office's mail server.

    `scheme` is smtps (TLS from the first byte), smtp (STARTTLS, or nothing is sent), or smtp+plain
    for a server in the office's own network that has no TLS; that one is never told a password.
    """

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str


@dataclass(frozen=True, slots=True)
class Mail:
    """The addresses of a unit, and the server that mail goes out by."""

    server: MailServer
    to: tuple[str, ...]
    now: Callable[[], datetime]

    async def send(self, notices: Sequence[Notice]) -> None:
        """Send the notices; see Sender."""
        await asyncio.to_thread(self._deliver, self._message(notices))

    async def ready(self) -> str:
        """Log in and tell the server who sends, as far as that goes without a mail; see Sender."""
        for address in self.to:
            _address(address)
        if not self.to:
            raise ConfigError("没有收件人")
        await asyncio.to_thread(self._greet)
        server = self.server
        login = "登录成功" if server.password else "不需要登录"
        return (
            f"{server.host}:{server.port} 可以连接，{login}，接受发件人；收件人 {len(self.to)} 个"
        )

    def _greet(self) -> None:
        try:
            connection = self._connected()
        except (smtplib.SMTPException, OSError) as error:
            raise NotifyError(self._told(error)) from error
        try:
            # Many servers let send only who is logged in: they say so here.
            connection.ehlo_or_helo_if_needed()
            code, said = connection.mail(_address(self.server.sender).addr_spec)
            if code != _ACCEPTED:
                raise smtplib.SMTPSenderRefused(code, said, self.server.sender)
            connection.rset()
        except (smtplib.SMTPException, OSError) as error:
            raise NotifyError(self._told(error)) from error
        finally:
            connection.close()

    def _message(self, notices: Sequence[Notice]) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = digest_title(notices)
        message["From"] = _address(self.server.sender)
        message["To"] = tuple(map(_address, self.to))
        message["Date"] = format_datetime(self.now())
        # The same notices to the same people have the same name: a mail system can drop a copy.
        name = "\n".join([*self.to, *(f"{notice.id} {notice.digest}" for notice in notices)])
        domain = parseaddr(self.server.sender)[1].partition("@")[2]
        message["Message-ID"] = f"<{hashlib.sha256(name.encode()).hexdigest()[:32]}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content("\n".join([*digest_lines(notices), "", "整改通知见附件。"]))
        for notice in notices:
            file = f"整改通知-{notice.unit}-{notice.quarter}-第{notice.number}版.docx"
            kind, form = _DOCX
            message.add_attachment(notice_docx(notice), maintype=kind, subtype=form, filename=file)
        return message

    def _deliver(self, message: EmailMessage) -> None:
        try:
            connection = self._connected()
        except (smtplib.SMTPException, OSError) as error:
            raise NotifyError(self._told(error)) from error
        try:
            refused = connection.send_message(message)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
            raise NotifyError(self._told(error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise UnsureError(self._told(error)) from error
        finally:
            # Not with QUIT: whatever comes of that, the message was taken, or was not.
            connection.close()
        if refused:
            raise UnsureError(f"部分收件人被拒绝：{'、'.join(sorted(refused))}")

    def _connected(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        connection = (
            smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=context)
            if server.scheme == "smtps"
            else smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
        )
        try:
            if server.scheme == "smtp":
                connection.starttls(context=context)
            if server.password:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _told(self, error: Exception) -> str:
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            words = f"收件人被拒绝：{'、'.join(sorted(error.recipients))}"
        elif isinstance(error, smtplib.SMTPAuthenticationError):
            words = f"邮件服务器不接受用户名或口令（{error.smtp_code}）"
        elif isinstance(error, smtplib.SMTPResponseException):
            said = error.smtp_error
            text = said.decode(errors="replace") if isinstance(said, bytes) else said
            words = f"邮件服务器返回 {error.smtp_code}（{text}）"
        else:
            words = f"邮件服务器 {self.server.host} 无法使用（{error}）"
        return without_secrets(words, self.server.password)


def mail_server(url: str, password: str, sender: str) -> MailServer:
    """
    Return the server of an address such as smtps://user@mail.example.gov.cn:465.

    Raises ConfigError for what is not understood, and for a password that would go out in clear.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ConfigError(f"[notify] smtp：无法理解的地址（{error}）") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ConfigError(
            "[notify] smtp：应写作 smtps://用户@主机:端口 或 smtp://用户@主机:端口，"
            "内网没有 TLS 的服务器写作 smtp+plain://主机"
        )
    if parts.password:
        raise ConfigError("[notify] smtp：口令不能写在地址里，应写在 smtp_password 中")
    if password and parts.scheme == "smtp+plain":
        raise ConfigError("[notify] smtp：smtp+plain 没有加密，不能发送口令")
    if "@" not in parseaddr(sender)[1]:
        raise ConfigError("[notify] sender：应为发件人的邮箱，如 政务公开办 <zwgk@example.gov.cn>")
    user = unquote(parts.username or "")
    if not (user + password).isascii():  # no more than that is standard in SMTP
        raise ConfigError("[notify] smtp：用户名和口令只能是 ASCII 字符")
    return MailServer(
        parts.scheme, parts.hostname, port or _PORTS[parts.scheme], user, password, sender
    )


def _address(text: str) -> Address:
    name, address = parseaddr(text)
    if "@" not in address:
        raise ConfigError(f"“{text}”不是邮箱地址")
    return Address(display_name=name, addr_spec=address)
