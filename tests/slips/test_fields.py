"""Names of bodies without their last character."""

from datetime import date

import pytest

from textcheck.document import Span
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation, Entry, EntryKind
from textcheck.slips.fields import CutNames, field_wordings

DAY = date(2026, 2, 5)


def body(form: str, until: date | None = None) -> Entry:
    return Entry(form, EntryKind.BODY, form, Severity.SERIOUS, None, until, Citation("xwlb", ""))


BODIES = [body("自然资源部"), body("自然资源局"), body("科技部"), body("卫生部", date(2013, 3, 1))]


@pytest.mark.parametrize(
    ("text", "act", "form"),
    [
        ("自然资源要求各地", "要求各", "自然资源部"),
        ("，科技印发《办法》", "印发", "科技部"),
        ("全市科技印发《办法》", "印发", None),  # in the midst of a clause
        ("，科技、自然资源部发布", "、", "科技部"),
        ("，科技、自然资源部门发布", "、", None),
        ("自然资源部、科技等两部门", "等", "科技部"),
        ("自然资源部、科技等部门", "等", None),
        ("农业、科技等两部门", "等", None),  # what stands in front is a field, too
        ("卫生印发《办法》", "印发", None),  # there is none on that day
    ],
)
def test_a_field_is_a_body_where_only_bodies_act(text: str, act: str, form: str | None) -> None:
    wordings = field_wordings(BODIES)
    name = next(name for name in ("自然资源", "科技", "卫生") if name + act in text)
    start = text.index(name + act)
    whole = ("自然资源部",)
    spans = [Span(text.index(one), text.index(one) + len(one)) for one in whole if one in text]
    number = wordings.index(name + act)
    meant = CutNames(BODIES).meant(number, start, text, spans, DAY)
    assert (meant[0].form if meant else None) == form
    assert meant is None or meant[1].of(text) == name
