"""Mail against a server that speaks SMTP."""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from ipaddress import ip_address
from pathlib import Path

import docx
import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.notify.conftest import NOW, Mailbox, notice
from textcheck.errors import ConfigError, NotifyError, UnsureError
from textcheck.notice import Notice
from textcheck.notify.mail import Mail, mail_server

SENDER = "政务公开办 <zwgk@example.gov.cn>"
PASSWORD = "only-in-tests"  # noqa: S105 # of nobody
Start = Callable[..., Mailbox]


def send(
    url: str,
    *,
    password: str = "",
    to: Sequence[str] = ("yunxi@example.gov.cn",),
    notices: Sequence[Notice] = (notice(),),
) -> None:
    asyncio.run(Mail(mail_server(url, password, SENDER), tuple(to), lambda: NOW).send(notices))


def read(mailbox: Mailbox) -> EmailMessage:
    content = mailbox.taken[-1].content
    assert isinstance(content, bytes)
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Make a certificate of 127.0.0.1 that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = tmp_path / "tls.pem", tmp_path / "tls.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return pem, private


def test_one_mail_holds_the_paper_of_each_unit(start_mail: Start) -> None:
    mailbox = start_mail()
    both = (notice(), notice("枫林区某局"))
    send(f"smtp+plain://127.0.0.1:{mailbox.port}", to=("a@b.cn", "c@d.cn"), notices=both)
    (envelope,) = mailbox.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("zwgk@example.gov.cn", ["a@b.cn", "c@d.cn"])
    message = read(mailbox)
    assert message["subject"] == "政务新媒体整改通知（2个单位）"
    assert message["from"] == SENDER
    papers = list(message.iter_attachments())
    assert [paper.get_filename() for paper in papers] == [
        "整改通知-云栖县某局-2026Q2-第1版.docx",
        "整改通知-枫林区某局-2026Q2-第1版.docx",
    ]
    paper = docx.Document(BytesIO(papers[0].get_content()))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "会议要求推动【高质量发屏】。建议改为“高质量发展”。" in text
    assert "于2026年7月31日前书面反馈" in text
    first = message["message-id"]
    send(f"smtp+plain://127.0.0.1:{mailbox.port}", to=("a@b.cn", "c@d.cn"), notices=both)
    assert read(mailbox)["message-id"] == first  # so that a copy can be told from another mail


def test_a_password_goes_over_tls_only(
    start_mail: Start, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[LoginPassword] = []

    def authenticator(
        _server: object, _session: object, _envelope: object, _way: str, data: LoginPassword
    ) -> AuthResult:
        told.append(data)
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    mailbox = start_mail(
        tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticator
    )
    url = f"smtp://zwgk@127.0.0.1:{mailbox.port}"
    with pytest.raises(NotifyError, match="无法使用"):  # nobody has signed its certificate
        send(url, password=PASSWORD)
    assert told == []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    send(url, password=PASSWORD)
    assert [data.login for data in told] == [b"zwgk"]
    assert len(mailbox.taken) == 1
    with pytest.raises(NotifyError, match="不接受用户名或口令（535）") as refused:
        send(url, password=PASSWORD * 2)
    assert PASSWORD not in str(refused.value)
    assert len(mailbox.taken) == 1


def test_a_server_that_refuses_and_one_that_is_not_there(start_mail: Start) -> None:
    mailbox = start_mail()
    mailbox.answer = "451 busy, try later"
    with pytest.raises(NotifyError, match=r"邮件服务器返回 451（busy, try later）") as refused:
        send(f"smtp+plain://127.0.0.1:{mailbox.port}")
    assert not isinstance(refused.value, UnsureError)
    with pytest.raises(NotifyError, match=r"127\.0\.0\.1 无法使用"):
        send("smtp+plain://127.0.0.1:1")
    with pytest.raises(NotifyError, match="无法使用"):  # it offers no TLS
        send(f"smtp://127.0.0.1:{mailbox.port}")


@pytest.mark.parametrize(
    ("url", "password", "sender", "told"),
    [
        ("mail.example.gov.cn", "", SENDER, "smtp：应写作"),
        ("http://mail.example.gov.cn", "", SENDER, "smtp：应写作"),
        ("smtp://a:b@mail.example.gov.cn", "", SENDER, "口令不能写在地址里"),
        ("smtp://mail.example.gov.cn:x", "", SENDER, "无法理解的地址"),
        ("smtp+plain://mail.example.gov.cn", "x", SENDER, "没有加密"),
        ("smtps://a@mail.example.gov.cn", "口令", SENDER, "只能是 ASCII 字符"),
        ("smtps://mail.example.gov.cn", "", "政务公开办", "发件人的邮箱"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(
    url: str, password: str, sender: str, told: str
) -> None:
    with pytest.raises(ConfigError, match=told):
        mail_server(url, password, sender)


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigError, match="“某局”不是邮箱地址"):
        send("smtp+plain://127.0.0.1:1", to=("某局",))
