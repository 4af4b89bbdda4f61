"""S4 to S6: bodies, fixed formulations with their parts and owners, meetings with their numbers."""

import re
from collections import Counter

from seeding.case import Case, Sentence
from seeding.ground import Finder, Ground, SlipMaker, read_tsv
from seeding.slips import HAN, KINDS

__all__ = ["BodyMaker", "FormulaMaker", "MeetingMaker"]

_MIN_SOURCES = 5  # of seven: news twice, Party news, reports, plans, laws, Party documents
_LOCAL = re.compile("[省市县区]委|自治区|[省市县区]政府|[省市县]人大")
_OWNED = re.compile("([\u4e00-\u9fff]{2})(“[两三四五六七八九]个?[^“”]{2,4}”)")
_NUMERAL = re.compile("[一二三四五六七八九十百]+")
_NATIONAL = re.compile("党的|中共|中国共产党|中央|全国|第?[一二三四五六七八九十]+届全国")


class BodyMaker(SlipMaker):
    """S4: slips in the names of central bodies."""

    def __init__(self, ground: Ground) -> None:
        """Take the names that are long enough not to be something else."""
        rows = read_tsv(ground.facts / "state_bodies_names.tsv")
        super().__init__("body", {row["form"] for row in rows if len(row["form"]) >= 3}, ground)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Leave out 交通运输部门, and short names where they may be another country's."""
        return [
            (start, end)
            for start, end in super().places(text)
            if text[end : end + 1] not in {"门", "队"}
            and (end - start > 3 or not HAN.match(text[max(0, start - 1) : start]))
        ]


class FormulaMaker(SlipMaker):
    """
    S5: slips in fixed formulations, parts missing or misordered, and the wrong owner.

    `owner`: a quoted term behind a verb or before a noun that belongs to another term.
    """

    kinds = (*KINDS, "part-missing", "part-order", "owner")

    def __init__(self, ground: Ground) -> None:
        """Collect what news, reports, laws and Party documents all repeat."""
        mined = ground.facts / "mined"
        terms = read_tsv(mined / "quoted_terms.tsv")
        clauses = read_tsv(mined / "fixed_clauses_2017plus.tsv")
        forms = {
            row["term"] for row in terms if int(row["count"]) >= 100 and 4 <= len(row["term"]) <= 16
        } | {
            row["clause"]
            for row in clauses
            if int(row["count"]) >= 60
            and 5 <= len(row["clause"]) <= 16
            and len(row["sources"].split(",")) >= _MIN_SOURCES
        }
        super().__init__("formula", {form for form in forms if HAN.fullmatch(form)}, ground)
        self._clauses = "\n".join(row["clause"] for row in clauses)
        parted = {
            row["clause"]
            for row in clauses
            if int(row["count"]) >= 20
            and len(row["sources"].split(",")) >= 3
            and (row["clause"].count("、") >= 2 or row["clause"].count("“") >= 2)
            and "、" in row["clause"]
            and not _LOCAL.search(row["clause"])
            and not re.search("届|十[八九]大|二十大", row["clause"])
        }
        self._parted = Finder(parted, ground.rng)
        self._owners = _owners(clauses)
        self._owned = Finder({verb + term for verb, term in self._owners}, ground.rng)

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with a slip, or with an enumeration or owner gone wrong."""
        if kind in KINDS:
            return super().make(kind, sentence)
        finder = self._owned if kind == "owner" else self._parted
        for start, end in finder.find(sentence.text):
            form = sentence.text[start:end]
            wrong = {
                "owner": self._other_owner,
                "part-missing": self._without_part,
                "part-order": self._misordered,
            }[kind](form)
            if wrong is None or wrong in self._clauses:
                continue
            if case := self.ground.damaged(self.group, kind, sentence, start, end, wrong):
                return case
        return None

    def lawful(self, wrong: str, form: str) -> bool:
        """Leave out other words in short forms: 魅力乡村 is as good as 美丽乡村."""
        changed = sum(one != two for one, two in zip(wrong, form, strict=False))
        other_word = len(wrong) == len(form) and changed >= 1 and len(form) <= 4
        return (other_word and wrong in self._clauses) or super().lawful(wrong, form)

    def _without_part(self, form: str) -> str | None:
        parts = form.split("、")
        middle = range(1, len(parts) - 1) or range(1, len(parts))
        del parts[self.ground.rng.choice(middle)]
        return "、".join(parts)

    def _misordered(self, form: str) -> str | None:
        parts = form.split("、")
        at = self.ground.rng.randrange(len(parts) - 1)
        one, two = parts[at], parts[at + 1]
        # The first part may carry the verb, the last one the noun: 全面贯彻 behind 完整、准确.
        width = min(len(one), len(two))
        if at > 0 and at + 2 < len(parts):
            parts[at], parts[at + 1] = two, one
        else:
            parts[at] = one[: len(one) - width] + two[:width]
            parts[at + 1] = one[len(one) - width :] + two[width:]
        return "、".join(parts)

    def _other_owner(self, form: str) -> str | None:
        verb, _, term = form.partition("“")
        others = sorted(
            other
            for owner, other in self._owners
            if owner != verb and other[1] == term[0] and (verb, other) not in self._owners
        )
        return verb + self.ground.rng.choice(others) if others else None


def _owners(clauses: list[dict[str, str]]) -> Counter[tuple[str, str]]:
    """Return how often a verb of two characters stands before a quoted term with a numeral."""
    found: Counter[tuple[str, str]] = Counter()
    for row in clauses:
        for verb, term in _OWNED.findall(row["clause"]):
            found[verb, term] += int(row["count"])
    total: Counter[str] = Counter()
    for (_, term), count in found.items():
        total[term] += count
    return Counter(
        {key: count for key, count in found.items() if count >= 50 and count * 3 >= total[key[1]]}
    )


class MeetingMaker(SlipMaker):
    """
    S6: slips in the names of national meetings, and numbers that no meeting can have.

    A slip that only changes the number is left out: the other meeting may have been held.
    """

    kinds = (*KINDS, "number", "number")

    def __init__(self, ground: Ground) -> None:
        """Collect the meetings of the Party centre, the NPC and the CPPCC."""
        rows = read_tsv(ground.facts / "mined" / "meeting_names.tsv")
        names = {
            row["name"]
            for row in rows
            if int(row["count"]) >= 20 and _NATIONAL.match(row["name"]) and len(row["name"]) >= 4
            and not re.search("[省市]委", row["name"])
        }  # fmt: skip
        # Other parties and other countries have one too.
        names.discard("全国代表大会")
        super().__init__("meeting", {*names, "党的十九大", "党的二十大", "党的十八大"}, ground)

    def lawful(self, wrong: str, form: str) -> bool:
        """Tell whether the slip is a meeting, or this one with another number."""
        same_but_number = _NUMERAL.sub("N", wrong) == _NUMERAL.sub("N", form)
        return same_but_number or super().lawful(wrong, form)

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with a slip in a meeting, or an impossible number."""
        if kind != "number":
            return super().make(kind, sentence)
        for start, end in self.finder.find(sentence.text):
            wrong = self._impossible(sentence.text[start:end])
            if case := self.ground.damaged(self.group, kind, sentence, start, end, wrong):
                return case
        return None

    def _impossible(self, form: str) -> str | None:
        """Change a number so that there cannot be such a meeting: 九中全会, 第三十次, 七次会议."""
        choose = self.ground.rng.choice
        changes = (
            ("[一二三四五六七](?=中全会)", "八九"),
            ("(?<=全国人大)[一二三四五](?=次会议)", "七八九"),
            ("(?<=届)[一二三四五](?=次会议)", "七八九"),
            ("(?<=第)十[二三四](?=届全国)", ("三十", "二十四", "四十")),
            ("(?<=第)(?:十九|二十|十八)(?=次全国代表大会)", ("二十九", "三十", "三十一")),
            ("(?:十九|二十|十八)(?=大$)", ("二十八", "三十", "二十九")),
        )
        for pattern, numbers in changes:
            if re.search(pattern, form):
                return re.sub(pattern, choose(numbers), form, count=1)
        return None
