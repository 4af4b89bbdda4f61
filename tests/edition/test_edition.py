from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textcheck.account import Account, Platform
from textcheck.config import CHINA
from textcheck.edition import (
    SERIOUS_WORDING,
    Confirmed,
    Edition,
    EditionLine,
    Quarter,
    build_lines,
    repeat_offenders,
)
from textcheck.errors import ConfigError

SINCE, UNTIL = date(2021, 4, 8), date(2021, 7, 10)
COUNTIES = "甲乙丙"


def account(number: int, county: str, order: int = 0) -> Account:
    return Account(
        id=f"a-{number}",
        county=county,
        unit="某部门",
        platform=Platform.WECHAT,
        name=f"账号{number}",
        list_order=order or number,
    )


def line(account_id: str, *problems: str, name: str = "某账号") -> EditionLine:
    return EditionLine(account_id, "甲县", f"{name}（微信）", name, problems, (date(2021, 5, 1),))


def edition(quarter: str, *lines: EditionLine, number: int = 1) -> Edition:
    return Edition(
        quarter=Quarter.parse(quarter),
        number=number,
        since=SINCE,
        until=UNTIL,
        lines=lines,
        registered=9,
        checked=None,
        issued_at=datetime(2021, 7, 22, 9, tzinfo=CHINA),
    )


@pytest.mark.parametrize(
    ("text", "label", "first", "last", "before"),
    [
        ("2021Q1", "2021年一季度", date(2021, 1, 1), date(2021, 3, 31), "2020Q4"),
        ("2021Q2", "2021年二季度", date(2021, 4, 1), date(2021, 6, 30), "2021Q1"),
        (" 2021q3 ", "2021年三季度", date(2021, 7, 1), date(2021, 9, 30), "2021Q2"),
        ("2021Q4", "2021年四季度", date(2021, 10, 1), date(2021, 12, 31), "2021Q3"),
    ],
)
def test_a_quarter_knows_its_days(
    text: str, label: str, first: date, last: date, before: str
) -> None:
    quarter = Quarter.parse(text)
    assert (quarter.label, quarter.first_day, quarter.last_day) == (label, first, last)
    assert str(quarter.previous) == before


@pytest.mark.parametrize(
    "text", ["", "2021", "2021Q0", "2021Q5", "21Q2", "2021-Q2", "0000Q1", "２０２１Q2"]
)
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="季度应写作 2021Q2"):
        Quarter.parse(text)


@pytest.mark.parametrize(
    ("day", "listed"),
    [
        (date(2021, 4, 7), False),
        (date(2021, 4, 8), True),
        (date(2021, 7, 10), True),  # beyond the quarter, within the period
        (date(2021, 7, 11), False),
    ],
)
def test_both_ends_of_the_period_belong_to_it(day: date, *, listed: bool) -> None:
    found = [Confirmed("a-1", SERIOUS_WORDING, day)]
    assert bool(build_lines(found, [account(1, "甲县")], SINCE, UNTIL)) is listed


def test_problems_and_days_of_an_account_are_on_one_line() -> None:
    found = [
        Confirmed("a-1", "甲问题", date(2021, 5, 2)),
        Confirmed("a-1", "乙问题", date(2021, 4, 30)),
        Confirmed("a-1", "甲问题", date(2021, 5, 2)),
    ]
    (made,) = build_lines(found, [account(1, "甲县")], SINCE, UNTIL)
    assert made.problems == ("甲问题", "乙问题")
    assert made.dates == (date(2021, 4, 30), date(2021, 5, 2))
    assert made.account == "账号1（微信）"


def test_a_county_stands_where_its_first_account_stands() -> None:
    accounts = [account(1, "甲县", 30), account(2, "乙县", 20), account(3, "甲县", 10)]
    found = [Confirmed(item.id, SERIOUS_WORDING, SINCE) for item in accounts]
    made = build_lines(found, accounts, SINCE, UNTIL)
    assert [item.account_id for item in made] == ["a-3", "a-1", "a-2"]


def test_an_account_that_the_register_lost_stops_the_list() -> None:
    found = [Confirmed("a-9", SERIOUS_WORDING, SINCE)]
    with pytest.raises(ConfigError, match="登记表中没有账号 a-9"):
        build_lines(found, [account(1, "甲县")], SINCE, UNTIL)
    outside = [Confirmed("a-9", SERIOUS_WORDING, date(2020, 1, 1))]
    assert build_lines(outside, [account(1, "甲县")], SINCE, UNTIL) == ()


accounts_ = st.lists(
    st.tuples(st.sampled_from(COUNTIES), st.integers(1, 9)), min_size=1, max_size=12
).map(lambda rows: [account(n, county, order) for n, (county, order) in enumerate(rows)])


@given(st.data(), accounts_)
def test_lines_are_grouped_ordered_and_whole(data: st.DataObject, accounts: list[Account]) -> None:
    confirmed = st.builds(
        Confirmed,
        st.sampled_from([item.id for item in accounts]),
        st.sampled_from([SERIOUS_WORDING, "其他问题"]),
        st.dates(date(2021, 4, 1), date(2021, 7, 20)),
    )
    found = data.draw(st.lists(confirmed, max_size=20))
    made = build_lines(found, accounts, SINCE, UNTIL)
    counties = [item.county for item in made]
    changes = sum(a != b for a, b in pairwise(counties))
    assert changes == max(0, len(set(counties)) - 1)
    order = {item.id: (item.list_order, item.id) for item in accounts}
    for county in set(counties):
        places = [order[item.account_id] for item in made if item.county == county]
        assert places == sorted(places)
    assert all(list(item.dates) == sorted(set(item.dates)) for item in made)
    within = {(c.account_id, c.published_on) for c in found if SINCE <= c.published_on <= UNTIL}
    assert {(item.account_id, day) for item in made for day in item.dates} == within
    shuffled = data.draw(st.permutations(accounts))
    assert build_lines(found, shuffled, SINCE, UNTIL) == made


def test_a_repeat_offender_is_known_by_id_and_problem() -> None:
    before = edition(
        "2021Q1", line("a-1", "甲", name="旧名"), line("a-2", "乙"), line("a-3", "甲", "乙")
    )
    now = edition(
        "2021Q2", line("a-1", "甲", name="新名"), line("a-2", "甲"), line("a-3", "丙", "乙")
    )
    offenders = repeat_offenders(now, before)
    assert [(item.account_id, item.name, item.problems) for item in offenders] == [
        ("a-1", "新名", ("甲",)),
        ("a-3", "某账号", ("乙",)),
    ]


@pytest.mark.parametrize("quarter", ["2020Q4", "2021Q2", "2020Q1"])
def test_only_the_quarter_before_makes_repeat_offenders(quarter: str) -> None:
    now = edition("2021Q2", line("a-1", "甲"))
    assert repeat_offenders(now, edition(quarter, line("a-1", "甲"))) == ()
    assert repeat_offenders(now, None) == ()


def test_the_first_quarter_follows_the_fourth() -> None:
    before, now = edition("2020Q4", line("a-1", "甲")), edition("2021Q1", line("a-1", "甲"))
    assert len(repeat_offenders(now, before)) == 1


def test_the_digest_names_what_a_list_says_not_when_it_was_issued() -> None:
    first, again = (
        edition("2021Q2", line("a-1", "甲"), number=0),
        edition("2021Q2", line("a-1", "甲")),
    )
    assert first.digest == again.digest
    assert first.is_preview
    assert not again.is_preview
    for other in (
        edition("2021Q2"),
        edition("2021Q1", line("a-1", "甲")),
        edition("2021Q2", line("a-2", "甲")),
        edition("2021Q2", line("a-1", "乙")),
        edition("2021Q2", line("a-1", "甲", name="改名")),
    ):
        assert other.digest != again.digest
