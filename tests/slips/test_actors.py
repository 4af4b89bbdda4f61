import pytest

from textcheck.lexicon.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("江望书强调，要护湖。", ["江望书"]),
        ("会上，周百白指出问题。", ["周百白"]),
        ("周。白说，很好。", ["周。白"]),
        ("审议了江望书同志的报告。", ["江望书"]),
        ("江望舒强调，要护湖。", []),  # right
        ("村民江望书强调，要护湖。", []),  # no clause begins there
        ("江望书很高。", []),  # does nothing that leaders do
    ],
)
def test_what_acts_like_a_name_is_found_at_the_start_of_a_clause(
    text: str, actors: list[str], lexicon: Lexicon
) -> None:
    assert [span.of(text) for span in lexicon.actors(text)] == actors


def test_places_are_those_of_each_text(lexicon: Lexicon) -> None:
    texts = ["湖边。江望书强调。", "周一白指出。"]
    lexicon.look_through(texts)
    assert [[span.of(text) for span in lexicon.actors(text)] for text in texts] == [
        ["江望书"],
        ["周一白"],
    ]
