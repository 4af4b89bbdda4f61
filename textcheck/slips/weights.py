"""What was counted in clean text and fitted on it: the files in the folder of models."""

from collections.abc import Collection, Iterator
from pathlib import Path

from textcheck.errors import LexiconError
from textcheck.knowledge.table import read_table
from textcheck.slips import placescale, swaps, typos
from textcheck.slips.scale import FEATURES, Scale
from textcheck.text.language import LanguageModel
from textcheck.text.ngrams import Ngrams
from textcheck.text.pairs import WordPairs
from textcheck.text.rare import RareCharacters
from textcheck.text.tied import Tied

__all__ = [
    "place_weights",
    "read_language",
    "read_ngrams",
    "read_rare",
    "read_scale",
    "read_tied",
    "read_word_pairs",
    "swap_weights",
    "typo_weights",
    "weight_files",
]

_SLIPS, _PAIRS = Path("slips", "weights.tsv"), Path("typos", "pairs.bin")
_TYPOS, _SWAPS = Path("typos", "weights.tsv"), Path("typos", "swaps.tsv")
_SIEVE = Path("typos", "sieve.tsv")
_LANGUAGE = Path("language", "language.toml")  # it has the digest of the large files beside it
_RARE, _TIED = Path("typos", "rare.tsv"), Path("typos", "tied.tsv")
_PLACES = Path("places", "weights.tsv")


def weight_files(models: Path) -> Iterator[Path]:
    """Yield all files but that of the n-grams, which has a digest of its own."""
    tables = (_SLIPS, _SIEVE, _TYPOS, _SWAPS, _RARE, _TIED, _PLACES, _PAIRS, _LANGUAGE)
    return (models / path for path in tables)


def read_ngrams(models: Path) -> Ngrams:
    """Map the counts of two and three characters; raise LexiconError where that cannot be done."""
    path = models / "ngrams" / "ngrams.bin"
    try:
        return Ngrams(path)
    except (OSError, ValueError) as error:
        raise LexiconError(f"无法读取字串统计 {path}：{error}") from error


def read_language(models: Path) -> LanguageModel:
    """Map the counts of five characters; raise LexiconError where that cannot be done."""
    path = (models / _LANGUAGE).parent
    try:
        return LanguageModel(path)
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(f"无法读取字串统计 {path}：{error}") from error


def read_word_pairs(models: Path, ngrams: Ngrams) -> WordPairs:
    """Read which characters stand beside one another in words, by the numbers of `ngrams`."""
    path = models / _PAIRS
    try:
        return WordPairs(path, ngrams.digest)
    except (OSError, ValueError) as error:
        raise LexiconError(f"无法读取词内字对 {path}：{error}") from error


def read_scale(models: Path) -> Scale:
    """Read the weights of evidence; every feature has a row and every row a feature."""
    path = models / _SLIPS
    rows = {
        row["feature"]: (row.number_in("other"), row.number_in("person"))
        for row in read_table(path, ("feature", "other", "person"))
    }
    _refuse_others(path, rows, FEATURES)
    return Scale([rows[name][0] for name in FEATURES], [rows[name][1] for name in FEATURES])


def typo_weights(models: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Read the weights of what tells misprints: first those of the sieve, then all."""
    sieve = [name for name in typos.FEATURES if name not in typos.OF_FIVE]
    return _weights(models / _SIEVE, sieve), _weights(models / _TYPOS, typos.FEATURES)


def swap_weights(models: Path) -> dict[str, float]:
    """Read the weights of what tells characters that changed places."""
    return _weights(models / _SWAPS, swaps.FEATURES)


def place_weights(models: Path) -> dict[str, float]:
    """Read the weights of what tells damaged names of regions."""
    return _weights(models / _PLACES, placescale.FEATURES)


def read_rare(models: Path) -> RareCharacters:
    """Read beside what rare characters stand."""
    return RareCharacters(_beside(models / _RARE))


def read_tied(models: Path, ngrams: Ngrams) -> Tied:
    """Read which characters mostly stand beside one other, by the numbers of `ngrams`."""
    return Tied(_beside(models / _TIED), ngrams)


def _weights(path: Path, features: Collection[str]) -> dict[str, float]:
    rows = {
        row["feature"]: row.number_in("weight") for row in read_table(path, ("feature", "weight"))
    }
    _refuse_others(path, rows, features)
    return rows


def _refuse_others(path: Path, rows: Collection[str], features: Collection[str]) -> None:
    if wrong := sorted({*rows} ^ {*features}):
        raise LexiconError(f"{path} 应有且只有各项证据的权重，多出或缺少：{wrong}")


def _beside(path: Path) -> Iterator[tuple[str, str, str]]:
    for row in read_table(path, ("character", "before", "behind")):
        yield row["character"], row["before"], row["behind"]
