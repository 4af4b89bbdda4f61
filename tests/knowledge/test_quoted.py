import pytest

from textcheck.data import data_dir
from textcheck.finding import Severity
from textcheck.knowledge.entry import Citation, Entry, EntryKind
from textcheck.knowledge.quoted import QuotedTerms
from textcheck.matching.keys import Edit
from textcheck.text.ngrams import Ngrams
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds

SOUNDS = {"hu": "湖胡", "ce": "策测", "shi": "十事", "ji": "机鸡", "wu": "务物"}


def terms(*forms: str, variants: tuple[str, ...] = ()) -> QuotedTerms:
    """Return terms of which the first has variants."""
    kind, level, citation = EntryKind.FORMULATION, Severity.SERIOUS, Citation("甲报")
    entries = [
        Entry(form, kind, form, level, None, None, citation, variants if form == forms[0] else ())
        for form in forms
    ]
    ngrams = Ngrams(data_dir("models") / "ngrams" / "ngrams.bin")
    return QuotedTerms(entries, Sounds(SOUNDS, SOUNDS), Shapes.of({"大": "太"}), ngrams)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("一胡一策", ("一湖一策", Edit.WRONG)),
        ("一湾一策", None),  # a variant
        ("一江一策", None),  # neither sounds nor looks like it
        ("一湖策一", ("一湖一策", Edit.SWAPPED)),
        ("一湖策", ("一湖一策", Edit.MISSING)),
        ("一湖、一策", ("一湖一策", Edit.EXTRA)),
        ("一湖一一策", ("一湖一策", Edit.EXTRA)),
        ("一湖一策划", None),  # goes on
        ("十太机务", ("十大机务", Edit.WRONG)),
        ("百大机务", None),  # another number
        ("十机务", None),  # 大 may be left out
        ("十大鸡物", ("十大机务", Edit.WORD)),
        ("十大机务", None),
    ],
)
def test_a_slip_in_a_quoted_term_tells_the_term(
    written: str, meant: tuple[str, Edit] | None
) -> None:
    found = terms("一湖一策", "十大机务", variants=("一湾一策",)).meant(written)
    assert (found and (found[0].form, found[1])) == meant
