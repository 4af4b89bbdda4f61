"""Dates, repetitions, words in context, wording, and plain typos."""

import json
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

import rjieba

from seeding.case import Case, Sentence
from seeding.ground import Finder, Ground, read_tsv
from seeding.slips import HAN

__all__ = [
    "DateMaker",
    "RepeatMaker",
    "TypoMaker",
    "WordMaker",
    "WordingMaker",
]

_WEEKDAYS = "一二三四五六日"
_SOON = timedelta(days=60)  # a date without a year means the publish year if it lies this near


class DateMaker:
    """Days and months that no calendar has, and weekdays that do not fit the day."""

    kinds = ("day", "month", "weekday")
    _DAY = re.compile(r"(?:(?<!\d)(20\d\d)年)?(?<!\d)(\d{1,2})月(\d{1,2})日(?![（(至—-])")

    def __init__(self, ground: Ground) -> None:
        """Take the random generator."""
        self._rng = ground.rng

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with a wrong date."""
        places = list(self._DAY.finditer(sentence.text))
        self._rng.shuffle(places)
        for found in places:
            year, month, day = (int(part or 0) for part in found.groups())
            real = self._real(year, month, day, sentence.day)
            if real is None:
                continue
            if kind == "weekday":
                weekday = self._rng.choice(
                    [name for name in _WEEKDAYS if name != _WEEKDAYS[real.weekday()]]
                )
                at = found.end()
                fits = f"（星期{_WEEKDAYS[real.weekday()]}）"
                told = Sentence(sentence.day, sentence.text[:at] + fits + sentence.text[at:])
                return Case.put("date", kind, told, at, at + len(fits), f"（星期{weekday}）")
            last = monthrange(real.year, month)[1]
            if kind == "day":
                start, end = found.span(3)
                wrong = str(self._rng.randrange(last + 1, 40))
            else:
                start, end = found.span(2)
                wrong = str(self._rng.randrange(13, 20))
            return Case.put("date", kind, sentence, start, end, wrong)
        return None

    @staticmethod
    def _real(year: int, month: int, day: int, published: date) -> date | None:
        try:
            real = date(year or published.year, month, day)
        except ValueError:
            return None
        return real if year or abs(real - published) <= _SOON else None


class RepeatMaker:
    """A word, a whole clause or a particle written twice."""

    kinds = ("word", "clause", "particle")
    _CLAUSE = re.compile("(?<=，)[\u4e00-\u9fff]{6,16}(?=[，。])")
    _PARTICLES = frozenset("的在和与对为了将是")

    def __init__(self, ground: Ground) -> None:
        """Take the random generator."""
        self._rng = ground.rng

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with something written twice."""
        text = sentence.text
        if kind == "clause":
            places = [found.span() for found in self._CLAUSE.finditer(text)]
        else:
            places = list(self._words(text, particles=kind == "particle"))
        if not places:
            return None
        start, end = self._rng.choice(places)
        once = text[start:end]
        wrong = f"{once}，{once}" if kind == "clause" else once * 2
        return Case.put("repeat", kind, sentence, start, end, wrong)

    def _words(self, text: str, *, particles: bool) -> Iterator[tuple[int, int]]:
        start = 0
        for word, tag in rjieba.tag(text):
            end = start + len(word)
            # Verbs and adjectives double lawfully: 研究研究.
            noun = len(word) == 2 and tag in {"n", "vn", "ns"} and HAN.fullmatch(word)
            if word in self._PARTICLES if particles else noun:
                yield start, end
            start = end


class WordMaker:
    """Words commonly confused; the wrong one must be unknown to the clean text."""

    kinds = ("word",)

    def __init__(self, ground: Ground) -> None:
        """Turn the confusion dictionary round: right word, wrong words."""
        path = ground.shared / "confusion" / "macro-correct_word_confusion_dict.json"
        wrongs: dict[str, list[str]] = {}
        for wrong, right in json.loads(path.read_text(encoding="utf-8")).items():
            if len(right) >= 2 and HAN.fullmatch(right) and right in ground.corpus:
                wrongs.setdefault(right, []).append(wrong)
        self._maker = ReplaceMaker("word", wrongs, ground)

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with a wrong word."""
        return self._maker.make(kind, sentence)


class ReplaceMaker:
    """Puts a wrong form where a right one stands."""

    kinds: tuple[str, ...] = ("word",)

    def __init__(self, group: str, wrongs: Mapping[str, Iterable[str]], ground: Ground) -> None:
        """Take right forms with what is written for them."""
        self._group = group
        self._wrongs = {right: sorted(forms) for right, forms in wrongs.items()}
        self._ground = ground
        self._finder = Finder(self._wrongs, ground.rng)
        present = sum(right in ground.corpus for right in self._wrongs)
        ground.same_target = min(ground.same_target, max(1, present // 2))

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with a wrong form in the place of a right one."""
        for start, end in self._finder.find(sentence.text):
            # 人大常委会委员 is the beginning of 人大常委会委员长; 检察院检察院院长 nobody writes.
            if sentence.text[end : end + 1] == "长" or sentence.text[start - 1 : start] == "院":
                continue
            wrong = self._ground.rng.choice(self._wrongs[sentence.text[start:end]])
            if case := self._ground.damaged(self._group, kind, sentence, start, end, wrong):
                return case
        return None


class WordingMaker(ReplaceMaker):
    """
    Wording that the lists of the news agency avoid, in the place of what they want instead.

    Groups: `title`, `territory`, and `vulgar`: insulting and outdated names of people; there `oath`
    puts a vulgar word before a clause.
    """

    _TITLES = ("L5", "L8", "L9")
    _TERRITORY = ("T", "I1")
    _PEOPLE = ("S1", "M1", "M3")
    _TERMS = re.compile("[台港]|中国大陆|朝鲜|民国")
    _OATHS = ("妈的", "他妈的", "哇噻")
    # The right-hand side must be a name of the thing, not half of a pair: 京港 for 中港.
    _AMBIGUOUS = frozenset({"内地", "大陆", "京港", "沪港", "闽台", "内地与香港", "大陆与台湾"})

    def __init__(self, group: str, ground: Ground) -> None:
        """Read the pairs of the group."""
        self.kinds = ("wording", "wording", "oath") if group == "vulgar" else ("wording",)
        wrongs: dict[str, set[str]] = {}
        for name in ("xinhua_batch1", "term_rules_secondary"):
            for row in read_tsv(ground.facts / "wording" / f"{name}.tsv"):
                if self._group_of(row) != group:
                    continue
                for wrong, right in _pairs(row["wrong"], row["right"]):
                    if right not in self._AMBIGUOUS:
                        wrongs.setdefault(right, set()).add(wrong)
        super().__init__(group, wrongs, ground)

    @classmethod
    def _group_of(cls, row: Mapping[str, str]) -> str:
        if "id" in row:
            groups = {"title": cls._TITLES, "territory": cls._TERRITORY, "vulgar": cls._PEOPLE}
            return next((name for name, ids in groups.items() if row["id"].startswith(ids)), "")
        if row["level"] == "banned":
            return "territory" if cls._TERMS.search(row["wrong"]) else "vulgar"
        return "title" if row["level"] == "leader-title" else ""

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with the wording, or with a vulgar word before a clause."""
        if kind != "oath":
            return super().make(kind, sentence)
        commas = [found.end() for found in re.finditer("，(?=[\u4e00-\u9fff])", sentence.text)]
        if not commas:
            return None
        at = self._ground.rng.choice(commas)
        oath = self._ground.rng.choice(self._OATHS)
        return Case.put(self._group, kind, sentence, at, at, oath)


def _pairs(wrong: str, right: str) -> list[tuple[str, str]]:
    wrongs, rights = wrong.split("|"), right.split("|")
    if len(rights) == 1:
        rights *= len(wrongs)
    return [
        (one, two)
        for one, two in zip(wrongs, rights, strict=False)
        if HAN.fullmatch(one) and len(one) >= 2 and re.fullmatch("[\u4e00-\u9fff“”]{2,}", two)
    ]


class TypoMaker:
    """Two characters swapped, or one replaced by one of the same sound, anywhere."""

    def __init__(self, kind: str, ground: Ground) -> None:
        """Take the kind: `swapped` or `sound`."""
        self.kinds = (kind,)
        self._group = "transposition" if kind == "swapped" else "typo"
        self._ground = ground

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with one slip."""
        runs = [found for found in HAN.finditer(sentence.text) if len(found.group()) > 3]
        if not runs:
            return None
        run = self._ground.rng.choice(runs)
        at = run.start() + self._ground.rng.randrange(len(run.group()) - 1)
        wrong = self._ground.slips.slip(sentence.text[at : at + 2], kind)
        if wrong is None or not self._ground.is_new(sentence, at, at + 2, wrong):
            return None
        start, end = run.span()
        damaged = sentence.text[start:at] + wrong + sentence.text[at + 2 : end]
        return Case.put(self._group, kind, sentence, start, end, damaged)
