"""Whoever reads findings is told when the lexicon is old, or a row of it does not count."""

from datetime import date

import pytest

from textcheck.cli.tools import LexiconVersion


@pytest.mark.parametrize(
    ("today", "warned"), [(date(2026, 5, 20), False), (date(2026, 5, 21), True)]
)
def test_a_lexicon_of_more_than_thirty_days_is_warned_of(today: date, *, warned: bool) -> None:
    told = list(LexiconVersion("0", date(2026, 4, 20)).warnings(today))
    assert bool(told) is warned
    assert told == ["词库已 31 天没有更新（2026-04-20），其间的人事变动和新提法不在其中"] * warned


def test_notes_on_the_layers_come_first() -> None:
    version = LexiconVersion("0", date(2026, 4, 20), ("office",), ("停用 1 项",))
    assert list(version.warnings(date(2026, 4, 21))) == ["停用 1 项"]
