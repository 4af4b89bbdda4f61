"""What is read as an act, and where a roster has gaps and contradictions."""

from dataclasses import replace
from datetime import date

import pytest
from score_roster import Act, acts_in, gaps_of, lacking, overlaps_of

from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation, Entry, EntryKind, Post, Term

FORMS = ["国防部部长", "国务委员", "甲省委书记", "乙省委书记", "国家主席"]
TERM = Term(
    "1", "赵一", "a", date(2013, 3, 1), date(2015, 3, 1), exact=True, seen_on=None,
    citation=Citation("facts:x"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("任命赵一为国防部部长。", [("赵一", "国防部部长", True)]),
        (
            "免去赵一的国务委员、国防部部长职务；任命钱二为国务委员。",
            [
                ("赵一", "国务委员", False),
                ("赵一", "国防部部长", False),
                ("钱二", "国务委员", True),
            ],
        ),
        ("免去赵一兼任的国防部部长职务。", [("赵一", "国防部部长", False)]),
        (
            "赵一同志任甲省委委员、常委、书记，不再担任乙省委书记、常委、委员职务。",
            [("赵一", "甲省委书记", True), ("赵一", "乙省委书记", False)],
        ),
        ("赵一当选为国家主席。", [("赵一", "国家主席", True)]),
        ("国防部部长赵一出席。", []),
    ],
)
def test_acts_are_read_from_their_wording(text: str, acts: list[tuple[str, str, bool]]) -> None:
    assert list(acts_in(text, FORMS)) == acts


@pytest.mark.parametrize(
    ("act", "lacks"),
    [
        (Act(date(2013, 3, 5), "赵一", "a", begins=True, title=""), False),
        (Act(date(2014, 1, 1), "赵一", "a", begins=True, title=""), False),  # named once more
        (Act(date(2015, 3, 3), "赵一", "a", begins=False, title=""), False),
        (Act(date(2014, 1, 1), "赵一", "a", begins=False, title=""), True),
        (Act(date(2014, 1, 1), "钱二", "a", begins=True, title=""), True),
        (Act(date(2014, 1, 1), "祝贺您再次", "a", begins=True, title=""), False),
    ],
)
def test_an_act_lacks_where_no_term_tells_of_it(act: Act, lacks: bool) -> None:  # noqa: FBT001 # a column of the table
    assert bool(list(lacking([act], [TERM]))) is lacks


def test_gaps_lie_between_known_terms() -> None:
    post = _post()
    later = replace(TERM, id="2", person="钱二", since=date(2016, 1, 1), until=None)
    assert gaps_of(post, [TERM, later], date(2013, 1, 1), date(2018, 1, 1)) == [
        (date(2013, 1, 1), date(2013, 3, 1)),
        (date(2015, 3, 1), date(2016, 1, 1)),
        (date(2017, 1, 1), date(2018, 1, 1)),  # a year behind the last sighting nothing is known
    ]


def test_two_holders_at_a_time_are_told() -> None:
    other = replace(TERM, id="2", person="钱二", since=date(2015, 1, 1), until=date(2016, 1, 1))
    assert overlaps_of([TERM, other]) == [("赵一", "钱二", date(2015, 1, 1), date(2015, 3, 1))]


def _post() -> Post:
    entry = Entry("a", EntryKind.POST, "甲", Severity.SERIOUS, None, None, Citation("facts:x"))
    return Post(entry, (), single=True)
