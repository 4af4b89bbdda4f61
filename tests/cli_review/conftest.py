"""A store with findings, and the program to run on it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from textcheck.account import Account, Platform
from textcheck.article import Article, ArticleState, Reference
from textcheck.cli.main import program
from textcheck.config import CHINA
from textcheck.document import Document, Span
from textcheck.finding import Finding, Rule, Severity
from textcheck.run import Makers
from textcheck.store.accounts import save_register
from textcheck.store.connect import Store, open_store
from textcheck.store.documents import save_article
from textcheck.store.findings import list_issues, record_findings
from textcheck.store.runs import finish_run, start_run

NOW = datetime(2026, 5, 1, 2, 30, tzinfo=CHINA)
# account, native id, text, wrong words, severity: the first sentence stands in two articles.
FOUND = (
    ("a", "1", "会议由王某某省长主持。", "王某某", Severity.SERIOUS),
    ("b", "7", "会议由王某某省长主持。", "王某某", Severity.SERIOUS),
    ("a", "2", "工作布署到位。", "布署", Severity.ORDINARY),
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Return the URL of the store."""
    return f"sqlite:///{tmp_path / 'office.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Return a store that holds what a finished scan found."""
    rules = {
        Severity.SERIOUS: Rule("FRM301", Severity.SERIOUS, "姓名", "lexicons/persons.tsv"),
        Severity.ORDINARY: Rule("WRD801", Severity.ORDINARY, "错字", "lexicons/words.tsv"),
    }
    accounts = [Account(id, "甲县", "甲县某局", Platform.WECHAT, f"账号{id}") for id in "ab"]  # noqa: A001 # a loop of ids
    with closing(open_store(url)) as store:
        with store.write() as connection:
            save_register(connection, accounts)
            run = start_run(connection, "2026-05-01", Makers("0.1.0", "词库", "", "设置"), NOW)
            for account_id, native_id, text, wrong, severity in FOUND:
                link = f"https://example.gov.cn/{account_id}/{native_id}"
                reference = Reference(account_id, "feed", native_id, link, "题", NOW)
                document = Document(text, (), NOW.date(), link, account_id)
                article = Article(reference, ArticleState.OK, document, "题", NOW)
                start = text.index(wrong)
                finding = Finding(
                    rules[severity],
                    Span(start, start + len(wrong)),
                    severity,
                    0.9,
                    "应为“李某某”",
                    ("李某某", ""),
                    "表第 1 行",
                )
                version_id = save_article(connection, article).version_id
                record_findings(connection, version_id, document, [finding], run.id)
            finish_run(connection, run, NOW)
        yield store


@pytest.fixture
def fingerprints(store: Store) -> dict[str, str]:
    """Return the fingerprint of each issue by its wrong words."""
    with store.read() as connection:
        issues = list_issues(connection, confirmations=2)
    return {issue.quote: issue.fingerprint for issue in issues}


@pytest.fixture
def review(url: str) -> Callable[..., Result]:
    """Run `textcheck review` on the store, as from a shell."""

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(program, ["review", *arguments, "--store", url])

    return run
