"""The card of a net says what it was made of, and survives a stop."""

from pathlib import Path

from textcheck.training.card import digest_of, read_card
from textcheck.training.progress import Progress, Settings


def test_a_card_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "card.toml"
    card = read_card(path)
    card.data["corpora"] = "ab12"
    card.scores["SIGHAN15.test F"] = 0.25
    assert card.add(Progress(1_200_000, 900.0, 3e-4, {"state": 0.12345}), Settings())
    card.write(path)
    assert read_card(path) == card
    assert card.curve == [{"tokens": 1_200_000, "rate": 0.0003, "state": 0.1235}]


def test_a_curve_has_a_point_a_million_tokens(tmp_path: Path) -> None:
    card = read_card(tmp_path / "card.toml")
    added = [
        card.add(Progress(tokens, 900.0, 3e-4, {}), Settings())
        for tokens in (200_000, 900_000, 1_200_000, 1_300_000, 2_300_000)
    ]
    assert added == [True, False, True, False, True]


def test_a_digest_is_of_names_and_content(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a", encoding="utf-8")
    two.write_text("b", encoding="utf-8")
    before = digest_of([one, two])
    assert digest_of([two, one]) == before
    two.write_text("c", encoding="utf-8")
    assert digest_of([one, two]) != before
