"""
Seed serious errors into sentences of clean official news, and keep as many sentences clean.

Six classes, as many cases each: a leader's name, a fixed formulation, a title, a meeting, two
characters swapped anywhere, one character replaced by a same-sounding one anywhere. Slips of
names, formulations and meetings are same sound, same shape, missing, extra, doubled and swapped
characters in turn. Targets come from the text and from facts mined from news, never from
lexicons/: what is measured must not be what the rules were made of.

Run:  python scripts/seed_errors.py --shared DIR --seed 1 --per-class 25 > cases.jsonl
Each line: {"id", "class", "kind", "text", "published_on", "start", "end", "right"}; the text is
right where text[start:end] is replaced by `right`; a clean case has class "clean" and no span.
The lines are valid input of `textcheck check --from jsonl`.
"""

import argparse
import csv
import io
import json
import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import rjieba
import zstandard

HAN = re.compile(r"[\u4e00-\u9fff]+")
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
CENTRAL = re.compile("^(?:中共|中央|国家|国务|全国|最高人民|外交部|财政部|商务部|国防部|公安部)")
KINDS = ("sound", "shape", "missing", "extra", "doubled", "swapped")
MIN_SOURCES = 5  # of seven: news twice, Party news, reports, plans, laws, Party documents
MIN_SENTENCE, MAX_SENTENCE = 15, 200


@dataclass(frozen=True)
class Case:
    """A sentence, and where it was damaged; `right` is what stood there."""

    group: str
    kind: str
    text: str
    day: str
    start: int
    end: int
    right: str


@dataclass(frozen=True)
class Confusions:
    """Characters that sound or look like a character."""

    sound: dict[str, str]
    near: dict[str, str]
    shape: dict[str, str]


def read_tsv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a mined table."""
    text = path.read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def read_confusions(folder: Path) -> Confusions:
    """Return confusable characters; each line of the files holds a character and its like."""

    def table(name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            characters = "".join(HAN.findall(line))
            if characters and line.startswith(characters[0]):
                found[characters[0]] = "".join(dict.fromkeys(characters[1:]))
        return found

    return Confusions(
        table("plome_same_pinyin.txt"),
        table("plome_simi_pinyin.txt"),
        table("plome_same_stroke.txt"),
    )


def sentences(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (day, sentence) of a corpus."""
    with zstandard.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            for match in SENTENCE.finditer(article["text"]):
                sentence = match.group().strip()
                if MIN_SENTENCE <= len(sentence) <= MAX_SENTENCE:
                    yield article["date"], sentence


def slip(word: str, kind: str, confusions: Confusions, rng: random.Random) -> str | None:
    """Return word with one slip of a kind, None where the kind does not apply."""
    places = [place for place, character in enumerate(word) if HAN.fullmatch(character)]
    rng.shuffle(places)
    for place in places:
        character = word[place]
        left, right = word[:place], word[place + 1 :]
        if kind in {"sound", "shape"}:
            table = confusions.sound if kind == "sound" else confusions.shape
            others = [other for other in table.get(character, "") if other != character]
            if others:
                return left + rng.choice(others[:8]) + right
        elif kind == "missing" and len(word) > 2:
            return left + right
        elif kind == "doubled":
            return left + character * 2 + right
        elif kind == "extra" and place > 0:
            return left + rng.choice("一人大国中会新发为行") + character + right
        elif kind == "swapped" and right and HAN.match(right) and right[0] != character:
            return left + right[0] + character + right[1:]
    return None


def damage(
    group: str,
    targets: Sequence[str],
    text: str,
    day: str,
    make: Callable[[str], tuple[str, str] | None],
) -> Case | None:
    """Return a case with the first target damaged by make(target) -> (kind, wrong)."""
    for target in targets:
        at = text.find(target)
        if at < 0:
            continue
        made = make(target)
        if made is None or made[1] == target:
            return None
        kind, wrong = made
        damaged = text[:at] + wrong + text[at + len(target) :]
        return Case(group, kind, damaged, day, at, at + len(wrong), target)
    return None


class Seeder:
    """Makes cases; every choice comes from one random generator."""

    def __init__(self, shared: Path, seed: int) -> None:
        """Read what may be damaged."""
        mined = shared / "facts" / "mined"
        self.rng = random.Random(seed)  # noqa: S311 # reproducible test data
        self.confusions = read_confusions(shared / "confusion")
        pairs = [
            (row["title"], row["name"])
            for row in read_tsv(mined / "title_name_by_date.tsv")
            if int(row["count"]) >= 5
            and CENTRAL.match(row["title"])
            and not row["title"].endswith("发言人")
            and 2 <= len(row["name"]) <= 3
        ]
        # The pattern that mined them took in the next character at times, 李强在 beside 李强, and
        # ordinary nouns, 高峰, which are somebody's name too.
        mined_names = {name for _, name in pairs if rjieba.tag(name)[0][1] != "n"}
        names = {name for name in mined_names if name[:-1] not in mined_names}
        self.names = sorted(names, key=lambda name: (-len(name), name))
        titles = {part for title, _ in pairs for part in title.split("、") if CENTRAL.match(part)}
        self.titles = sorted(titles, key=lambda title: (-len(title), title))
        self.pairs = sorted({title + name for title in titles for name in self.names})
        # What news, reports, laws and Party documents all repeat is fixed; 据美国媒体报道 is not.
        formulas = {
            row["term"]
            for row in read_tsv(mined / "quoted_terms.tsv")
            if int(row["count"]) >= 100 and 4 <= len(row["term"]) <= 16
        } | {
            row["clause"]
            for row in read_tsv(mined / "fixed_clauses_2017plus.tsv")
            if int(row["count"]) >= 60
            and 5 <= len(row["clause"]) <= 16
            and len(row["sources"].split(",")) >= MIN_SOURCES
        }
        self.formulas = sorted(
            (form for form in formulas if HAN.fullmatch(form)), key=lambda form: (-len(form), form)
        )
        self.meetings = sorted(
            (
                row["name"]
                for row in read_tsv(mined / "meeting_names.tsv")
                if int(row["count"]) >= 20
            ),
            key=lambda name: (-len(name), name),
        )
        self.turn = dict.fromkeys(("name", "formula", "title", "meeting"), 0)

    def one_slip(self, group: str, word: str) -> tuple[str, str] | None:
        """Damage word by the kind whose turn it is in its group."""
        kind = KINDS[self.turn[group] % len(KINDS)]
        wrong = slip(word, kind, self.confusions, self.rng)
        if wrong is None:
            return None
        self.turn[group] += 1
        return kind, wrong

    def wrong_title(self, pair: str) -> tuple[str, str] | None:
        """Give the person another title: 副 dropped or added, or somebody else's office."""
        title = next(title for title in self.titles if pair.startswith(title))
        name = pair.removeprefix(title)
        self.turn["title"] += 1
        if self.turn["title"] % 2:
            changed = (
                title.replace("副", "")
                if "副" in title
                else re.sub("(主席|总理|委员长|部长)", r"副\1", title)
            )
            if changed != title:
                return "deputy", changed + name
        others = [other for other in self.titles if other[-2:] == title[-2:] and other != title]
        return ("office", self.rng.choice(others) + name) if others else None

    def case(self, group: str, day: str, text: str) -> Case | None:
        """Return the sentence damaged in the manner of a group, None where it gives no target."""
        if group == "name":
            return damage(group, self.names, text, day, lambda word: self.one_slip(group, word))
        if group == "formula":
            return damage(group, self.formulas, text, day, lambda word: self.one_slip(group, word))
        if group == "title":
            present = [pair for pair in self.pairs if pair in text]
            return damage(group, present, text, day, self.wrong_title)
        if group == "meeting":
            return damage(group, self.meetings, text, day, lambda word: self.one_slip(group, word))
        runs = [run for run in HAN.findall(text) if len(run) > 3]
        if not runs:
            return None
        kind = "swapped" if group == "transposition" else "sound"
        run = self.rng.choice(runs)
        at = self.rng.randrange(len(run) - 1)
        width = 2
        target = run[at : at + width]
        wrong = slip(target, kind, self.confusions, self.rng)
        return (
            damage(group, [run], text, day, lambda _: (kind, run[:at] + wrong + run[at + width :]))
            if wrong
            else None
        )


GROUPS = ("name", "formula", "title", "meeting", "transposition", "typo")


def main() -> None:
    """Write the cases."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else None)
    parser.add_argument(
        "--shared", type=Path, required=True, help="folder of corpora, facts and confusion"
    )
    parser.add_argument("--corpus", default="dev_xwlb", help="corpus whose sentences are used")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-class", type=int, default=25)
    arguments = parser.parse_args()
    seeder = Seeder(arguments.shared, arguments.seed)
    pool = list(sentences(arguments.shared / "corpora" / f"{arguments.corpus}.jsonl.zst"))
    seeder.rng.shuffle(pool)
    cases: list[Case] = []
    used: set[str] = set()
    for group in GROUPS:
        made = 0
        for day, text in pool:
            if made == arguments.per_class:
                break
            if text not in used and (case := seeder.case(group, day, text)) is not None:
                used.add(text)
                cases.append(case)
                made += 1
        if made < arguments.per_class:
            sys.exit(f"only {made} sentences give a target of class {group}")
    clean = [(day, text) for day, text in pool if text not in used][: len(cases)]
    cases += [Case("clean", "", text, day, 0, 0, "") for day, text in clean]
    for number, case in enumerate(cases):
        line = {
            "id": f"{case.group}-{number:04d}",
            "class": case.group,
            "kind": case.kind,
            "text": case.text,
            "published_on": case.day,
            "start": case.start,
            "end": case.end,
            "right": case.right,
        }
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main()
