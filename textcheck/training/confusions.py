"""What is mistaken for what, from the candidates of the language model and published sets."""

from collections.abc import Mapping
from pathlib import Path

from textcheck.model.evidence import Weigher
from textcheck.text.han import is_han
from textcheck.training.corrupt import Confusions

__all__ = ["read_confusions"]

_SETS = {
    "same_sound": "plome_same_pinyin.txt",
    "near_sound": "plome_simi_pinyin.txt",
    "shape": "plome_same_stroke.txt",
}
_MOST = 24  # of a set: its rarest members are never typed


def read_confusions(folder: Path, weigher: Weigher) -> Confusions:
    """
    Return the sets of PLOME (Apache-2.0) in a folder, commonest first, and words by sound.

    Each line of a set holds a character and those taken for it.
    """
    alphabet = weigher.language.alphabet
    single = weigher.language.single[0]
    weight = dict(
        zip(alphabet.characters, single[-len(alphabet.characters) :].tolist(), strict=True)
    )
    sets = {name: _read(folder / file, weight) for name, file in _SETS.items()}
    words: dict[str, list[str]] = {}
    for row in weigher.words:
        same = ["".join(map(alphabet.character, pair)) for pair in row.tolist() if pair[0]]
        for word in same:
            words[word] = [other for other in same if other != word]
    commonest = sorted(filter(is_han, weight), key=lambda one: -weight[one])[:400]
    return Confusions(**sets, words=words, any="".join(commonest))


def _read(path: Path, weight: Mapping[str, float]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        written = [one for one in line if one in weight and is_han(one)]
        if written and line.startswith(written[0]):
            others = {one for one in written if one != written[0]}
            found[written[0]] = "".join(sorted(others, key=lambda one: -weight[one])[:_MOST])
    return {one: others for one, others in found.items() if others}
