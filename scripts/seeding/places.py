"""Laws and regulations, regions with their parents, and bodies under a former name."""

import json
import re

from seeding.case import Case, Sentence
from seeding.ground import Finder, Ground, SlipMaker, read_tsv
from seeding.slips import KINDS

__all__ = ["LawMaker", "RegionMaker", "RenamedMaker"]

_LAW = re.compile("(?:法|条例|规定|办法|准则|意见|纲要|规划|决定|方案|细则|规则|通则|建议)$")


class LawMaker(SlipMaker):
    """Slips in the titles of laws, regulations and Party rules in 《》."""

    def __init__(self, ground: Ground) -> None:
        """Collect titles of the law database, and those that the corpora name often."""
        flk = {row["title"] for row in read_tsv(ground.facts / "law_titles_flk.tsv")}
        books = {
            row["title"]
            for row in read_tsv(ground.facts / "mined" / "book_titles.tsv")
            if int(row["count"]) >= 5 and _LAW.search(row["title"])
        }
        self._titles = {title for title in flk | books if len(title) >= 6 and _LAW.search(title)}
        super().__init__("law", {f"《{title}》" for title in self._titles}, ground)

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with a slip inside the marks of a title; foreign laws left out."""
        if re.search("[美英法德俄日韩以]国?《|美国|欧盟|《国际", sentence.text):
            return None
        for start, end in self.finder.find(sentence.text):
            wrong = self.ground.slips.slip(sentence.text[start + 1 : end - 1], kind)
            if wrong is None or wrong in self._titles:
                continue
            if case := self.ground.damaged("law", kind, sentence, start + 1, end - 1, wrong):
                return case
        return None


class RegionMaker(SlipMaker):
    """Slips in the names of regions, and the wrong province before one."""

    _NOUNS = frozenset({"市辖区", "新城区", "城区", "郊区", "矿区"})
    kinds = ("parent", *KINDS[:4], "extra", "parent", "doubled", "swapped", "word")

    def __init__(self, ground: Ground) -> None:
        """Read provinces, cities and counties."""
        path = ground.facts / "admin_divisions" / "modood_pca-code.json"
        provinces = json.loads(path.read_text(encoding="utf-8"))
        self._parents: dict[str, set[str]] = {}
        self._provinces: list[str] = []
        names: set[str] = set()
        for province in provinces:
            self._provinces.append(province["name"])
            for city in province.get("children", ()):
                for unit in (city, *city.get("children", ())):
                    names.add(unit["name"])
                    self._parents.setdefault(unit["name"], set()).add(province["name"])
        long = {name for name in {*names, *self._provinces} if len(name) >= 3} - self._NOUNS
        super().__init__("region", long, ground)
        self._short = {
            re.sub("(?:壮族|回族|维吾尔)?自治区$|[省市]$", "", name): name
            for name in self._provinces
        }
        before = "|".join([*self._provinces, *self._short])
        units = "|".join(sorted((name for name in names if len(name) >= 3), key=len, reverse=True))
        self._with_parent = re.compile(f"({before})({units})")

    def lawful(self, wrong: str, form: str) -> bool:
        """Tell whether only the suffix was dropped: 北京 for 北京市."""
        return form.startswith(wrong) or super().lawful(wrong, form)

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with a slip in a region, or with another province before one."""
        if kind != "parent":
            return super().make(kind, sentence)
        for found in self._with_parent.finditer(sentence.text):
            written, unit = found.groups()
            if self._short.get(written, written) not in self._parents[unit]:
                continue
            others = [
                short if written in self._short else name
                for short, name in self._short.items()
                if name not in self._parents[unit]
            ]
            wrong = self.ground.rng.choice(others) + unit
            if case := self.ground.damaged("region", kind, sentence, *found.span(), wrong):
                return case
        return None


class RenamedMaker:
    """Bodies under the name that a reform of the State Council took from them."""

    kinds = ("renamed",)
    _BUILT = re.compile("(?<!重新)组建([^。，；]{3,12})。")
    _GONE = re.compile("^不再保留([^。、（]+[部局会署])")

    def __init__(self, ground: Ground) -> None:
        """Read the reform plans: what was set up, and the first of those that it replaced."""
        self._ground = ground
        forms: dict[str, list[str]] = {}
        for row in read_tsv(ground.facts / "state_bodies_names.tsv"):
            if len(row["form"]) >= 4:
                forms.setdefault(row["full_name"], []).append(row["form"])
        self._before: dict[str, str] = {}
        for year in ("2013", "2018", "2023"):
            path = ground.facts / "state_council_reform" / f"{year}.md"
            built = None
            for line in path.read_text(encoding="utf-8").splitlines():
                if found := self._BUILT.search(line):
                    built = found[1]
                elif built and (gone := self._GONE.search(line.strip())):
                    for form in forms.get(built, ()):
                        self._before[form] = gone[1]
                    built = None
        self._finder = Finder(self._before, ground.rng)

    def make(self, kind: str, sentence: Sentence) -> Case | None:
        """Return the sentence with the former name."""
        if re.search("原|时任|组建", sentence.text):
            return None
        for start, end in self._finder.find(sentence.text):
            old = self._before[sentence.text[start:end]]
            if sentence.text[end : end + 1] in {"门", "队"}:
                continue
            if self._ground.take(old):
                return Case.put("renamed", kind, sentence, start, end, old)
        return None
