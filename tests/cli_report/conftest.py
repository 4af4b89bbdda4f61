"""A store with a register, articles, findings and verdicts, and the program to run on it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from textcheck.article import Article, ArticleState, Reference
from textcheck.cli.main import program
from textcheck.config import CHINA
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.review import EVERYWHERE, Decision, DismissReason, Verdict
from textcheck.run import Makers
from textcheck.store.connect import Store, open_store
from textcheck.store.documents import save_article
from textcheck.store.findings import record_findings
from textcheck.store.runs import finish_run, start_run
from textcheck.store.verdicts import append_verdict

NOW = datetime(2021, 7, 20, 3, 0, tzinfo=CHINA)
RULE = Rule("FRM301", Severity.SERIOUS, "固定表述有误", "lexicons/formulations.tsv")
WRONG = "高质量发屏"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'office.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with closing(open_store(url)) as opened:
        yield opened


@pytest.fixture
def textcheck(url: str) -> Callable[..., Result]:
    """Run the program on the store, as from a shell."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(program, [*arguments, "--store", url])

    return run


@pytest.fixture
def register(tmp_path: Path, textcheck: Callable[..., Result]) -> Callable[..., None]:
    """Import a register of (id, county, platform, name, status)."""

    def write(accounts: Sequence[Sequence[str]]) -> None:
        tables = [
            f'[[account]]\nid = "{account_id}"\ncounty = "{county}"\nunit = "{county}某部门"\n'
            f'platform = "{platform}"\nname = "{name}"\nstatus = "{status}"\n'
            for account_id, county, platform, name, status in accounts
        ]
        path = tmp_path / "accounts.toml"
        path.write_text("\n".join(tables), encoding="utf-8")
        result = textcheck("register", "import", str(path))
        assert result.exit_code == 0, result.output

    return write


@pytest.fixture
def run_id(store: Store) -> str:
    """Record a finished scan without a model."""
    with store.write() as connection:
        run = start_run(connection, "2021-07-19", Makers("0.1.0", "ab12", "", "cd34"), NOW)
        finish_run(connection, run, NOW)
    return run.id


@pytest.fixture
def publish(store: Store, run_id: str) -> Callable[..., str]:
    """Save an article with one finding and what reviewers said of it; return the fingerprint."""

    def save(  # noqa: PLR0913 # what varies between articles
        account_id: str,
        day: date | None,
        *,
        confirmed_by: Sequence[str] = ("审核员甲", "审核员乙"),
        dismissed_by: Sequence[str] = (),
        severity: Severity = Severity.SERIOUS,
        title: str = "某单位召开会议",
    ) -> str:
        text = f"{account_id}于{day}发文，要求以实干推动{WRONG}。会议还讨论了别的事。"
        published_at = None if day is None else datetime.combine(day, time(9), CHINA)
        native_id = f"{account_id}-{day}-{severity.name}"
        link = f"https://mp.example.gov.cn/s/{native_id}"
        document = Document(text, published_on=day, url=link, account=account_id)
        article = Article(
            reference=Reference(account_id, "wechat_rss", native_id, link),
            state=ArticleState.OK,
            document=document,
            title=title,
            published_at=published_at,
        )
        start = text.index(WRONG)
        finding = Finding(
            rule=RULE,
            span=Span(start, start + len(WRONG)),
            severity=severity,
            confidence=0.99,
            message="应为“高质量发展”",
            suggestions=("高质量发展",),
            basis="固定表述表 frm-0001",
        )
        fingerprint = finding.fingerprint(document)
        with store.write() as connection:
            version_id = save_article(connection, article).version_id
            record_findings(connection, version_id, document, [finding], run_id)
            for reviewer in confirmed_by:
                said = Verdict(fingerprint, EVERYWHERE, Decision.CONFIRM, "", reviewer, NOW)
                append_verdict(connection, said)
            for reviewer in dismissed_by:
                reason = DismissReason.QUOTED.value
                said = Verdict(fingerprint, EVERYWHERE, Decision.DISMISS, reason, reviewer, NOW)
                append_verdict(connection, said)
        return fingerprint

    return save
