"""An edition and its evidence, to be changed by each test."""

from datetime import date, datetime

import pytest

from textcheck.account import Account, Platform, Status
from textcheck.config import CHINA
from textcheck.document import Span
from textcheck.edition import SERIOUS_WORDING, Edition, EditionLine, Quarter
from textcheck.finding import Severity
from textcheck.report.dossier import Dossier, Night
from textcheck.report.evidence import Evidence
from textcheck.review import State
from textcheck.run import Coverage, Makers


@pytest.fixture
def edition() -> Edition:
    rows = [("a-1", "甲县", "甲县教育"), ("a-2", "甲县", "甲县城管"), ("b-1", "乙区", "乙区发布")]
    return Edition(
        quarter=Quarter(2021, 2),
        number=1,
        since=date(2021, 4, 1),
        until=date(2021, 6, 30),
        lines=tuple(
            EditionLine(account_id, county, f"{name}（微信）", name, (SERIOUS_WORDING,), (day,))
            for account_id, county, name in rows
            for day in [date(2021, 5, 1)]
        ),
        registered=4,
        checked=None,
        issued_at=datetime(2021, 7, 22, 9, tzinfo=CHINA),
        run_ids=("2021-05-02-1",),
    )


@pytest.fixture
def evidence() -> Evidence:
    return Evidence(
        account_id="a-1",
        account="甲县教育（微信）",
        county="甲县",
        title="甲县召开会议",
        url="https://mp.example.gov.cn/s/1?a=1&b=2",
        published_on=date(2021, 5, 1),
        code="FRM301",
        severity=Severity.SERIOUS,
        state=State.CONFIRMED,
        sentence="要以实干推动高质量发屏。",
        quote=Span(6, 11),
        message="应为“高质量发展”",
        basis="固定表述表 frm-0001",
        suggestions=("高质量发展",),
        reviewers=("审核员甲", "审核员乙"),
        digest="ab" * 32,
        run_id="2021-05-02-1",
    )


@pytest.fixture
def accounts() -> tuple[Account, ...]:
    return (
        Account("a-1", "甲县", "甲县教育局", Platform.WECHAT, "甲县教育", list_order=1),
        Account("a-2", "甲县", "甲县城管局", Platform.WECHAT, "甲县城管", list_order=2),
        Account("b-1", "乙区", "乙区政府", Platform.WECHAT, "乙区发布", list_order=3),
        Account("b-2", "乙区", "乙区政府", Platform.WEIBO, "乙区微博", list_order=4),
        Account("b-3", "乙区", "乙区公安局", Platform.DOUYIN, "乙区警方", Status.CLOSED, 5),
    )


@pytest.fixture
def dossier(edition: Edition, evidence: Evidence, accounts: tuple[Account, ...]) -> Dossier:
    return Dossier(
        edition=edition,
        previous=None,
        evidence=(evidence,),
        accounts=accounts,
        makers={"2021-05-02-1": Makers("0.1.0", "ab12", "", "cd34")},
        night=Night(
            day="2021-05-02",
            finished=True,
            coverage={
                "a-1": Coverage("a-1", listed=7, fetched=6, failed=1, gone=0, partial=2),
                "b-1": Coverage("b-1", error="<要求登录>"),
            },
        ),
    )
