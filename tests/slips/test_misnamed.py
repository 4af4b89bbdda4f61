"""Names of bodies misremembered: which are made, what is wrong with them, how grave that is."""

import pytest

from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation, Entry, EntryKind
from textcheck.slips.misnamed import Misnamed, Misnaming, misnamings

BODIES = ("国家山林和湖泊保护总局", "湖泊和山林部", "市湖泊和山林局", "国务院湖泊办公室")
LAWFUL = {"国家湖泊保护总局"}


@pytest.fixture(scope="module")
def wrong() -> dict[str, Misnaming]:
    entries = [
        Entry(f"b{at}", EntryKind.BODY, form, Severity.SERIOUS, None, None, Citation("甲报"))
        for at, form in enumerate(BODIES)
    ]
    person = Entry(
        "p", EntryKind.PERSON, "国家山林人", Severity.SERIOUS, None, None, Citation("甲")
    )
    names, arrays = misnamings([person, *entries], {*LAWFUL, *BODIES})
    found = Misnamed(arrays, [person, *entries])
    return {name: found[number] for number, name in enumerate(names)}


@pytest.mark.parametrize(
    ("name", "right", "what", "level"),
    [
        ("国家湖泊和山林保护总局", 0, "词序颠倒", Severity.SERIOUS),
        ("国家山林和保护湖泊总局", 0, "词序颠倒", Severity.SERIOUS),
        ("国家山林和山林保护总局", 0, "有词重复", Severity.SERIOUS),
        ("国家山林和湖泊和保护总局", 0, "多了“和”", Severity.SERIOUS),
        ("国家山林和湖泊保护局", 0, "末尾有误", Severity.SERIOUS),
        ("国家山林与湖泊保护总局", 0, "“和”有误", Severity.ORDINARY),
        ("国家山林湖泊保护总局", 0, "“和”有误", Severity.ORDINARY),
        ("国家山林和湖泊总局", 0, "缺词", Severity.ORDINARY),
        ("国家山林保护总局", 0, "缺词", Severity.ORDINARY),
        ("湖泊山林部", 1, "“和”有误", Severity.ORDINARY),
        ("山林和湖泊部", 1, "词序颠倒", Severity.SERIOUS),
        ("市山林和湖泊局", 2, "词序颠倒", Severity.SERIOUS),
        ("国务院湖泊办公厅", 3, "末尾有误", Severity.SERIOUS),
    ],
)
def test_a_name_is_misremembered_in_one_way(
    wrong: dict[str, Misnaming], name: str, right: int, what: str, level: Severity
) -> None:
    found = wrong[name]
    assert (found.body.form, found.what, found.level) == (BODIES[right], what, level)


@pytest.mark.parametrize(
    "name",
    [
        "国家湖泊保护总局",  # lawful
        "国务院办公室",  # nothing of the name is left
        "市湖泊山林局",  # bodies of a town are called so, too
        "湖泊部",  # a ministry has no 国家 before it
        *BODIES,
    ],
)
def test_other_names_are_left_alone(wrong: dict[str, Misnaming], name: str) -> None:
    assert name not in wrong
