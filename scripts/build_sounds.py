"""
Write lexicons/sounds.tsv: the Han characters of Unicode's first block, by syllable.

Readings come from pypinyin (MIT). A character with several readings stands under each, and among
the usual ones under the first.
Run: python scripts/build_sounds.py > lexicons/sounds.tsv
"""

import sys

from pypinyin import Style, pinyin

# GB 2312 covers 99.9 % of official text; of what else an input method offers, traditional forms and
# variants, misprints are made.
HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]


def main() -> None:
    """Print the table, one syllable a line."""
    syllables: dict[str, list[str]] = {}
    usual: dict[str, list[str]] = {}
    for character in HAN:
        readings = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
        for number, reading in enumerate(readings):
            syllable = reading.replace("ü", "v")
            syllables.setdefault(syllable, []).append(character)
            if number == 0:
                usual.setdefault(syllable, []).append(character)
    sys.stdout.write("syllable\tcharacters\tusual\n")
    for syllable in sorted(syllables):
        every, first = "".join(syllables[syllable]), "".join(usual.get(syllable, ()))
        sys.stdout.write(f"{syllable}\t{every}\t{first}\n")


if __name__ == "__main__":
    main()
