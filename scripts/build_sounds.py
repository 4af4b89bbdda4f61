"""
Write lexicons/sounds.tsv: the Han characters of Unicode's first block, by syllable.

Readings come from pypinyin (MIT). Its list of single characters has readings of a thousand years
ago and those of other characters that are written alike (市 fu, 机 wei); a character that stands in
any of its phrases has the first reading of the list and those of the phrases only. A character with
several readings stands under each, and among the usual ones under the first.
Run: python scripts/build_sounds.py > lexicons/sounds.tsv
"""

import sys

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.phrases_dict import phrases_dict

# GB 2312 covers 99.9 % of official text; of what else an input method offers, traditional forms and
# variants, misprints are made.
HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]


def spoken() -> dict[str, set[str]]:
    """Return the syllables that characters have in phrases."""
    found: dict[str, set[str]] = {}
    for phrase, readings in phrases_dict.items():
        if len(phrase) == len(readings):
            for character, reading in zip(phrase, readings, strict=True):
                found.setdefault(character, set()).add(plain(to_normal(reading[0])))
    return found


def plain(syllable: str) -> str:
    """Return a syllable in plain letters."""
    return syllable.replace("ü", "v")


def main() -> None:
    """Print the table, one syllable a line."""
    syllables: dict[str, list[str]] = {}
    usual: dict[str, list[str]] = {}
    in_phrases = spoken()
    for character in HAN:
        listed = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
        for number, syllable in enumerate(dict.fromkeys(map(plain, listed))):
            if number and syllable not in in_phrases.get(character, {syllable}):
                continue
            syllables.setdefault(syllable, []).append(character)
            if number == 0:
                usual.setdefault(syllable, []).append(character)
    sys.stdout.write("syllable\tcharacters\tusual\n")
    for syllable in sorted(syllables):
        every, first = "".join(syllables[syllable]), "".join(usual.get(syllable, ()))
        sys.stdout.write(f"{syllable}\t{every}\t{first}\n")


if __name__ == "__main__":
    main()
