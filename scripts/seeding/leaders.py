"""S1 to S3: leaders' names, their titles on the day, and their order in a list."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

import rjieba
from score_offices import Pair, kind_of, read_pairs

from seeding.case import Case, Sentence
from seeding.ground import Finder, Ground, SlipMaker, read_tsv
from seeding.ordinary import WordingMaker
from seeding.slips import KINDS

__all__ = ["NameMaker", "OrderMaker", "Terms", "TitleMaker"]

_SHARED = re.compile("副|委员$|常委$|书记处书记$|常务主席$|组书记$")
_HEADS = re.compile("(主席|总理|委员长|部长|主任|院长|检察长|书记)$")
_PROVINCE = re.compile("省$|自治区$|^(?:北京|天津|上海|重庆)市$")
_BEGINNINGS = (date(2012, 11, 15), date(2017, 10, 25), date(2023, 3, 11))  # of five years
_NEAR = timedelta(days=400)


class Terms:
    """When the news joined a title to a name."""

    def __init__(self, ground: Ground) -> None:
        """Read the mined pairs, noise apart."""
        bodies = [row["form"] for row in read_tsv(ground.facts / "state_bodies_names.tsv")]
        every = read_pairs(ground.facts)
        self.pairs = [pair for pair in every if kind_of(pair, every, bodies) == "asked"]
        self.seen: dict[tuple[str, str], tuple[date, date]] = {}
        self.spans: dict[str, tuple[date, date]] = {}
        for pair in self.pairs:
            self.spans[pair.name] = self._wider(self.spans.get(pair.name), pair)
            for part in pair.parts:
                # Rare other writings of an office cannot tell when it was left.
                if len(part) > 2 and not part.startswith(("中华人民共和国", "中共中央军")):
                    key = (part, pair.name)
                    self.seen[key] = self._wider(self.seen.get(key), pair)
        self.titles = sorted({title for title, _ in self.seen})
        # Ordinary nouns, 高峰, are somebody's name too.
        self.names = sorted(
            name for name in self.spans if 2 <= len(name) <= 3 and rjieba.tag(name)[0][1] != "n"
        )

    @staticmethod
    def _wider(span: tuple[date, date] | None, pair: Pair) -> tuple[date, date]:
        first, last = span or (pair.first, pair.last)
        return min(first, pair.first), max(last, pair.last)

    def may_hold(self, title: str, name: str, day: date) -> bool:
        """Tell whether the title was seen with the name near the day."""
        if (span := self.seen.get((title, name))) is None:
            return False
        return span[0] - _NEAR <= day <= span[1] + _NEAR

    def holder(self, title: str, day: date) -> str | None:
        """Return who alone holds a title on a day, None where several can or nobody is known."""
        if _SHARED.search(title):
            return None
        holders = [
            name
            for (other, name), (first, last) in self.seen.items()
            if other == title and first <= day <= last + _NEAR / 2
        ]
        return holders[0] if len(holders) == 1 else None

    def has_left(self, title: str, name: str, day: date) -> bool:
        """Tell whether the person held the title and on the day holds it no more, by the news."""
        span = self.seen.get((title, name))
        # Who is in the Standing Committee is a member of the Political Bureau as well.
        if span is None or day <= span[1] + _NEAR or title.endswith("局委员"):
            return False
        if self.holder(title, day) not in {None, name}:
            return True
        elsewhere = self.spans[name][1] + _NEAR >= day
        periods = {sum(begun <= end for begun in _BEGINNINGS) for end in (span[1], day)}
        return elsewhere and len(periods) == 2


class NameMaker(SlipMaker):
    """S1: slips in the names of leaders of the state and of provinces' governors."""

    def __init__(self, ground: Ground) -> None:
        """Collect the names; all names that the facts know are lawful."""
        terms = Terms(ground)
        heads = [
            row for row in read_tsv(ground.facts / "mined" / "gov_heads_by_year.tsv")
            if row["name"] and 2 <= len(row["name"]) <= 3
        ]  # fmt: skip
        governors = {
            row["name"]
            for row in heads
            if _PROVINCE.search(row["place"]) and row["year"] >= "2018"
            and rjieba.tag(row["name"])[0][1] == "nr"
        }  # fmt: skip
        super().__init__("name", {*terms.names, *governors}, ground)
        self._known = {row["name"] for row in heads} | set(terms.spans)

    def lawful(self, wrong: str, form: str) -> bool:
        """Tell whether the slip is another known person's name."""
        return wrong in self._known or super().lawful(wrong, form)


class TitleMaker:
    """
    S2: a title that the person does not have on the day, and slips in titles.

    `deputy`: 副 dropped or added; `office`: somebody else's; `earlier`: one the person held before;
    `holder`: the title with the name of one who held it before; `form`: one that the news agency
    forbids, 全国人大副委员长, 市市委书记; `slip`: any kind of slip in turn.
    """

    kinds = ("deputy", "office", "earlier", "holder", "form", "slip")

    def __init__(self, ground: Ground) -> None:
        """Prepare to find every title before every name."""
        self._ground = ground
        self._terms = Terms(ground)
        forms = [title + name for title in self._terms.titles for name in self._terms.names]
        self._finder = Finder(forms, ground.rng)
        self._slips = 0
        self._forms = WordingMaker("title", ground)

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with a wrong title."""
        if kind == "form":
            return self._forms.make(kind, sentence)
        for start, end in self._finder.find(sentence.text):
            form = sentence.text[start:end]
            title = max((title for title in self._terms.titles if form.startswith(title)), key=len)
            name = form.removeprefix(title)
            if kind == "slip":
                case = self._slip(sentence, start, title)
            else:
                changed = getattr(self, f"_{kind}")(title, name, sentence.day)
                case = self._ground.damaged("title", kind, sentence, start, end, changed)
            if case:
                return case
        return None

    def _slip(self, sentence: Sentence, start: int, title: str) -> Case | None:
        kind = KINDS[self._slips % len(KINDS)]
        wrong = self._ground.slips.slip(title, kind)
        if wrong is None or wrong in self._terms.titles:
            self._slips += wrong is None
            return None
        end = start + len(title)
        case = self._ground.damaged("title", f"slip-{kind}", sentence, start, end, wrong)
        self._slips += case is not None
        return case

    def _deputy(self, title: str, name: str, day: date) -> str | None:
        changed = title.replace("副", "") if "副" in title else _HEADS.sub(r"副\1", title)
        if "总副" in changed or changed == title or self._terms.may_hold(changed, name, day):
            return None
        return changed + name

    def _office(self, title: str, name: str, day: date) -> str | None:
        others = [
            other
            for other in self._terms.titles
            if other[-2:] == title[-2:]
            and other != title
            and self._terms.holder(other, day) not in {None, name}
            and not self._terms.may_hold(other, name, day)
        ]
        return self._ground.rng.choice(others) + name if others else None

    def _earlier(self, title: str, name: str, day: date) -> str | None:
        del title
        earlier = [
            other
            for other, holder in sorted(self._terms.seen)
            if holder == name and self._terms.has_left(other, name, day)
        ]
        return self._ground.rng.choice(earlier) + name if earlier else None

    def _holder(self, title: str, name: str, day: date) -> str | None:
        before = [
            other
            for held, other in sorted(self._terms.seen)
            if held == title and other != name and self._terms.has_left(title, other, day)
        ]
        return title + self._ground.rng.choice(before) if before else None


class OrderMaker:
    """
    S3: two leaders of one list swapped.

    `adjacent`, `apart`: in a list in the order of protocol; `strokes`: among those who stand in the
    order of the strokes of their names. Lists are few: a sentence serves once for each two names.
    """

    kinds = ("adjacent", "apart", "strokes")

    def __init__(self, ground: Ground) -> None:
        """Prepare to find lists of known names."""
        self._ground = ground
        terms = Terms(ground)
        names = "|".join(terms.names)
        self._list = re.compile(f"(?:{names})(?:、(?:{names}))+")
        self._standing = {
            name for title, name in terms.seen if title in {"中共中央政治局常委", "国家副主席"}
        }
        self._made: set[tuple[str, str, str]] = set()

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with two names of a list swapped."""
        for found in self._list.finditer(sentence.text):
            names = found.group().split("、")
            pairs = list(self._pairs(kind, names))
            self._ground.rng.shuffle(pairs)
            for one, two in pairs:
                key = (sentence.text, names[one], names[two])
                if key in self._made:
                    continue
                self._made.add(key)
                mixed = list(names)
                mixed[one], mixed[two] = names[two], names[one]
                return Case.put(
                    "order", kind, sentence, found.start(), found.end(), "、".join(mixed)
                )
        return None

    def _pairs(self, kind: str, names: list[str]) -> Iterator[tuple[int, int]]:
        ranked = [name in self._standing for name in names]
        for one, two in combinations(range(len(names)), 2):
            if kind == "strokes":
                if not ranked[one] and not ranked[two]:
                    yield one, two
            elif ranked[one] and (two == one + 1) == (kind == "adjacent"):
                yield one, two
