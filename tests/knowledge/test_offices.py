"""Held, not held, unknown."""

from datetime import date

import pytest

from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation, Entry, EntryKind, Post, Term
from textcheck.knowledge.offices import Held, Offices

HELD, NOT_HELD, UNKNOWN = Held.HELD, Held.NOT_HELD, Held.UNKNOWN


def _post(post: str, *, single: bool, complete_from: date | None = None) -> Post:
    entry = Entry(post, EntryKind.POST, post, Severity.SERIOUS, None, None, Citation("甲报"))
    return Post(entry, (), single, complete_from)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _term(
    person: str, post: str, days: str, *, exact: bool = True, seen: str | None = None
) -> Term:
    since, _, until = days.partition("..")
    return Term(
        f"{person}-{post}",
        person,
        post,
        date.fromisoformat(since),
        _day(until.removeprefix("~")),
        exact,
        _day(seen),
        Citation("甲报"),
        not until.startswith("~"),
    )


POSTS = {name: _post(name, single=name != "委员") for name in ("总管", "部长", "委员", "主任")}
POSTS["会长"] = _post("会长", single=True)
POSTS["副总管"] = _post("副总管", single=False, complete_from=date(2013, 3, 16))
OFFICES = Offices(
    POSTS,
    [
        _term("甲", "总管", "2012-03-10..2018-03-10"),
        _term("乙", "总管", "2018-03-10", seen="2029-06-01"),
        _term("乙", "委员", "2012-03-10..2018-03-10"),
        _term("丙", "部长", "2014-05-01", exact=False, seen="2016-05-01"),
        _term("丁", "部长", "2010-01-01..2012-01-01", exact=False),
        _term("戊", "委员", "2015-01-01", exact=False),
        _term("己", "主任", "2015-01-01", exact=False),
        _term("辛", "会长", "2014-01-01..~2018-01-01", seen="2015-01-01"),
        _term("壬", "会长", "2018-01-01", exact=False, seen="2019-01-01"),
        _term("癸", "副总管", "2013-03-16..2018-03-19"),
        _term("子", "副总管", "2014-06-01", exact=False, seen="2018-06-01"),
    ],
    ["乙"],
)


@pytest.mark.parametrize(
    ("person", "post", "day", "held"),
    [
        ("甲", "总管", "2015-01-01", HELD),
        ("甲", "总管", "2012-03-09", HELD),  # hand-over: the eve counts
        ("甲", "总管", "2012-03-08", NOT_HELD),  # begun by an act, so not before it
        ("甲", "总管", "2018-03-10", HELD),
        ("甲", "总管", "2018-03-11", HELD),  # the day after the act, news name both
        ("甲", "总管", "2018-03-12", NOT_HELD),
        ("乙", "总管", "2018-03-08", NOT_HELD),
        ("乙", "总管", "2018-03-09", HELD),
        ("乙", "总管", "2018-03-10", HELD),
        ("乙", "总管", "2030-01-01", HELD),  # no end is known, and seen within a year
        ("乙", "总管", "2030-07-01", UNKNOWN),  # seen too long ago
        ("丙", "总管", "2015-01-01", NOT_HELD),  # one seat, and another is surely in it
        ("丙", "总管", "2018-03-11", UNKNOWN),  # on the days of hand-over nobody is sure
        ("丙", "总管", "2009-01-01", UNKNOWN),  # before the tables begin
        ("丙", "总管", "2018-03-12", NOT_HELD),
        ("丙", "部长", "2014-05-01", HELD),
        ("丙", "部长", "2013-05-01", UNKNOWN),  # first sighting: may have begun earlier
        ("丙", "部长", "2017-04-30", HELD),
        ("丙", "部长", "2020-01-01", UNKNOWN),
        ("丁", "部长", "2009-01-01", UNKNOWN),
        ("丁", "部长", "2011-01-01", HELD),
        ("丁", "部长", "2013-01-01", NOT_HELD),
        ("庚", "部长", "2015-01-01", NOT_HELD),  # another was seen in the seat later
        ("庚", "部长", "2017-01-01", UNKNOWN),  # after the last sighting a successor may be in it
        ("庚", "部长", "2011-01-01", NOT_HELD),
        ("己", "主任", "2016-01-01", HELD),
        ("庚", "主任", "2016-01-01", UNKNOWN),  # no last sighting: sure of no day
        ("辛", "会长", "2015-12-31", HELD),  # a year behind the last sighting
        ("辛", "会长", "2016-06-01", UNKNOWN),  # the end is dated only by the successor's sighting
        ("辛", "会长", "2018-01-03", NOT_HELD),
        ("壬", "会长", "2014-06-01", NOT_HELD),  # another is seen in the post
        ("壬", "会长", "2017-06-01", UNKNOWN),  # may have been there unseen
        ("庚", "会长", "2016-06-01", UNKNOWN),  # so may anybody
        ("庚", "副总管", "2016-01-01", NOT_HELD),  # every holder is known
        ("庚", "副总管", "2013-03-17", UNKNOWN),  # on the days of hand-over they are not
        ("庚", "副总管", "2019-06-01", NOT_HELD),
        ("庚", "副总管", "2019-06-03", UNKNOWN),  # nor a year behind the last that is known
        ("癸", "副总管", "2019-01-01", NOT_HELD),
        ("子", "副总管", "2014-01-01", UNKNOWN),  # may have been there before the first sighting
        ("子", "副总管", "2018-12-01", HELD),
        ("庚", "委员", "2016-01-01", UNKNOWN),  # many seats: another holder proves nothing
        ("乙", "委员", "2019-01-01", NOT_HELD),
        ("乙", "部长", "2019-01-01", NOT_HELD),  # first rank and in office: all is in the tables
        ("乙", "主任", "2011-01-01", UNKNOWN),  # first rank, but not yet in office
        ("甲", "主任", "2013-01-01", UNKNOWN),  # not of the first rank
    ],
)
def test_whether_a_post_was_held(person: str, post: str, day: str, held: Held) -> None:
    assert OFFICES.held(person, post, date.fromisoformat(day)) is held


@pytest.mark.parametrize(
    ("post", "day", "holder"),
    [
        ("总管", "2015-01-01", "甲"),
        ("总管", "2018-03-10", "乙"),  # of two on the day of hand-over the newer
        ("总管", "2000-01-01", None),
        ("委员", "2016-01-01", None),  # many seats have no one holder
        ("部长", "2012-06-01", None),
    ],
)
def test_who_holds_a_single_seat(post: str, day: str, holder: str | None) -> None:
    term = OFFICES.holder(post, date.fromisoformat(day))
    assert (term.person if term else None) == holder


def test_what_a_person_held_on_a_day() -> None:
    posts = [term.post for term in OFFICES.terms_of("乙", date(2018, 3, 10))]
    assert posts == ["委员", "总管"]
    assert OFFICES.terms_of("无人", date(2018, 3, 10)) == ()


def test_terms_of_a_post_stand_in_order() -> None:
    assert [term.person for term in OFFICES.terms_in("总管")] == ["甲", "乙"]
    assert OFFICES.terms_in("无此职") == []
