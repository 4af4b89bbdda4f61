"""A place that may be the damaged name of a region, and what speaks for a slip or against it."""

import re
from dataclasses import dataclass

from textcheck.knowledge.regions import Region
from textcheck.knowledge.toponyms import LONGEST, SHORTEST, Toponyms
from textcheck.matching.keys import Edit
from textcheck.slips.case import NUMERALS
from textcheck.slips.damaged import Damaged
from textcheck.slips.gain import Gain
from textcheck.slips.kept import Kept
from textcheck.text.han import is_han, is_rare
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds
from textcheck.text.words import dictionary_words

__all__ = ["PlaceCase"]

_CONTEXT = 8  # characters on both sides that decide where words begin and end
_ABOVE = range(2, 9)  # lengths of what a region lies in, 内蒙古自治区 and 湘西州
_OFFICIAL = re.compile(
    "人民|政府|[市省区县州]?委|国民经济|人大|政协|第[一二三四五六七八九十]+[届次]|中级|公安|法院|检察|国土"
    "|代表|常委|统计|博物馆|图书馆|教育|卫生|民政|财政|发展改革|各级|各界|境内|全境|纪委|监委|高级"
    "|林业|水利|农业|气象|司法|审计|商务|税务|消防|交通|应急|生态环境|自然资源|市场监管|住房"
)
_LEADS = frozenset("在和与及以从到往向对由为的于是赴至经将把让使自被抵驻来去")
_NOUN = re.compile("^(?:[老新东西南北中]城区|城[东西南北中关]区|.?[新郊矿]区)$")
_UNHEARD_OF = 4.0  # a gain where two characters are left
_GIVEN = "给"
# What stands before 人民, 政府 or 第一届 and is no name: 林区人民, 担|任市委, 临市|图书馆.
_BY_THEMSELVES = re.compile(
    "[治团全园市州旗]县|[本城上都]市|[老全市城县园开新山林农港灾牧库景社校片小湾辖东西南北中]区|[县省]市"
)
_GOES_BEFORE = NUMERALS | set("任临各全本原该我向和为由在到从对当名日经交赛会旧所强")
_OF_REGION = re.compile("[省市区县州旗盟][委长级直属管辖内]$")
_ABROAD = re.compile(
    "日本|韩国|美国|俄罗斯|乌克兰|印度|印尼|伊朗|英国|法国|德国|[^中全我祖各本]国[^务家人内企债民土]|·"
)
_AROUND_ABROAD = 30
_COMPANY = re.compile(
    "[^，。、；\n]{0,8}(?:公司|集团|药业|股份|科技|科创|商行|饭店|酒店|事务所|基地|企业|生产线|项目|工厂)"
)
_TOWN = re.compile("古?[镇村]")
_LOCAL = re.compile("[\u4e00-\u9fff]{0,3}[镇乡村屯街路巷溪桥湖湾岛寨园山门洲坊]")


@dataclass(frozen=True)
class PlaceCase:
    """A place that may be a damaged name, in a text with a line feed at both ends."""

    text: str
    near: Damaged
    region: Region
    gain: Gain
    toponyms: Toponyms
    sounds: Sounds
    shapes: Shapes

    @property
    def name(self) -> str:
        """Return the right writing."""
        return self.near.name

    @property
    def wrong(self) -> str:
        """Return the character of the text at the site, "" where one is missing."""
        at = self.near.span.start + self.near.site
        return "" if self.near.edit is Edit.MISSING else self.text[at]

    @property
    def right(self) -> str:
        """Return the character of the name at the site."""
        return self.name[min(self.near.site, len(self.name) - 1)]

    @property
    def size(self) -> int:
        """Return the length of the right writing."""
        return len(self.name)

    @property
    def province(self) -> bool:
        """Tell whether the region is a province."""
        return self.region.rank == "province"

    @property
    def prefecture(self) -> bool:
        """Tell whether the region is a city or prefecture."""
        return self.region.rank == "prefecture"

    @property
    def district(self) -> bool:
        """Tell whether the region is called a district."""
        return self.name[-1] == "区"

    @property
    def common_noun(self) -> bool:
        """Tell whether many a part of a town may be called so: 新城区."""
        return bool(_NOUN.match(self.name))

    @property
    def rare(self) -> bool:
        """Tell whether the wrong character is one that official text hardly has."""
        return is_rare(self.wrong)

    @property
    def replaced(self) -> bool:
        """Tell whether one character stands for another."""
        return self.near.edit is Edit.WRONG

    @property
    def at_end(self) -> bool:
        """Tell whether the last character of the name is wrong."""
        return self.replaced and self.near.site == len(self.name) - 1

    @property
    def doubled(self) -> bool:
        """Tell whether a character stands twice."""
        site = self.near.site
        return self.near.edit is Edit.EXTRA and self.wrong in self.name[max(0, site - 1) : site + 1]

    @property
    def end_doubled(self) -> bool:
        """Tell whether the last character stands twice."""
        return self.doubled and self.near.site >= len(self.name) - 1 and self.wrong == self.name[-1]

    @Kept
    def same_sound(self) -> bool:
        """Tell whether the wrong character sounds like the right one."""
        return self.replaced and self.sounds.same(self.wrong, self.right)

    @Kept
    def near_sound(self) -> bool:
        """Tell whether the wrong character sounds nearly like the right one."""
        return self.replaced and not self.same_sound and self.sounds.near(self.wrong, self.right)

    @Kept
    def like_shape(self) -> bool:
        """Tell whether the wrong character looks like the right one."""
        return self.replaced and self.shapes.alike(self.wrong, self.right)

    @property
    def stranger(self) -> bool:
        """Tell whether the wrong character is not like the right one at all."""
        return self.replaced and not (self.same_sound or self.near_sound or self.like_shape)

    @Kept
    def below(self) -> bool:
        """Tell whether what the region lies in stands directly before it."""
        return self._behind_any(self.toponyms.above(self.name))

    @Kept
    def below_another(self) -> bool:
        """Tell whether something else that has regions in it stands directly before it."""
        return not self.below and self._behind_any(self.toponyms.all_above)

    def _behind_any(self, names: frozenset[str]) -> bool:
        start = self.near.span.start
        return any(self.text[max(0, start - size) : start] in names for size in _ABOVE)

    @property
    def begins(self) -> bool:
        """Tell whether a phrase may begin here."""
        before = self.text[self.near.span.start - 1]
        return not is_han(before) or before in _LEADS

    @property
    def stands_off(self) -> bool:
        """Tell whether no Han character stands before it."""
        return not is_han(self.text[self.near.span.start - 1])

    @property
    def official(self) -> bool:
        """Tell whether what is behind it goes with a region."""
        return bool(_OFFICIAL.match(self.text, self.near.span.end))

    @property
    def ends(self) -> bool:
        """Tell whether no Han character stands behind it."""
        return not is_han(self.text[self.near.span.end])

    @property
    def above_another(self) -> bool:
        """Tell whether a region stands directly behind it."""
        end = self.near.span.end
        sizes = range(SHORTEST, LONGEST + 1)
        return any(self.text[end : end + size] in self.toponyms.known for size in sizes)

    @property
    def listed(self) -> bool:
        """Tell whether a region stands beside it in a list: 云区、南明区."""
        start, end, known = self.near.span.start, self.near.span.end, self.toponyms.known
        ahead = max(0, start - 1)
        sizes = range(SHORTEST - 1, LONGEST + 1)
        return (
            self.text[ahead] == "、"
            and any(self.text[max(0, ahead - size) : ahead] in known for size in sizes)
        ) or (
            self.text[end] == "、"
            and any(self.text[end + 1 : end + 1 + size] in known for size in sizes)
        )

    @property
    def abroad(self) -> bool:
        """Tell whether the text around speaks of foreign places."""
        span = self.near.span
        low = max(0, span.start - _AROUND_ABROAD)
        return bool(_ABROAD.search(self.text, low, span.end + _AROUND_ABROAD))

    @property
    def company(self) -> bool:
        """Tell whether it may be the name of a company: 赣州孚能公司."""
        return self.at_end and bool(_COMPANY.match(self.text, self.near.span.end))

    @property
    def local(self) -> bool:
        """Tell whether it may be the name of a village or a street behind that of a region."""
        return self.at_end and bool(_LOCAL.match(self.text, self.near.span.end))

    @property
    def elsewhere(self) -> bool:
        """
        Tell whether another place or word is meant.

        A village or one abroad, 绍兴|丰惠古镇, 靖江|季市古镇, 新潟县; what goes on behind a city
        where no region is expected, 乌鲁木齐|晴; of two characters almost anything in the midst of
        a phrase, 习水县 but also 水县 at the end of another name.
        """
        if self.near.edit is Edit.EXTRA and not self.doubled:
            return bool(_TOWN.match(self.text, self.near.span.end))
        if not self.replaced:
            return self.two_left and not (self.expected or self.listed)
        if self.at_end and self.local and not (self.same_sound or self.near_sound):
            return True
        unheard = self.at_end and not (self.same_sound or self.near_sound or self.rhymes)
        return self.stranger and (unheard or self.abroad) and not self.expected

    @property
    def expected(self) -> bool:
        """Tell whether what stands before or behind asks for a region."""
        return self.official or self.below or self.above_another

    @Kept
    def cut_off(self) -> bool:
        """
        Tell whether two characters are left that nothing else can be: 在州市第十七届人民代表大会.

        A phrase begins there or another word ends, and what only regions have goes on, or they
        stand in a list of regions; or what the region lies in stands before them. Or clean text
        has nothing like it: 依托郑市; but 区 stands behind what many a place is for, 坝区.
        """
        start = self.near.span.start
        if not self.two_left or _BY_THEMSELVES.match(self.text, start):
            return False
        # Where a line begins the rest of the name may stand on the one before.
        if self.text[start] in _GOES_BEFORE or self.text[start - 1] == "\n":
            return False
        if self.below or (self.listed and self.begins):
            return True
        goes_on = self.official or (self.name[-1] != "区" and self._unheard_of)
        return goes_on and (self.begins or self.text[start - 1] == _GIVEN or self._behind_word)

    @property
    def _behind_word(self) -> bool:
        """Tell whether a word of two characters or more ends before it."""
        return any(word.stop == self.near.span.start and len(word) > 1 for word in self._words)

    @property
    def _unheard_of(self) -> bool:
        """Tell whether clean text has no such words: it gains much to put them right."""
        much = self.gain.unseen == 1 and self.gain.total >= _UNHEARD_OF
        return much and not (self.covered_within or self.reads_across or self.abroad)

    @property
    def two_left(self) -> bool:
        """Tell whether of three characters one is missing."""
        return self.near.edit is Edit.MISSING and len(self.name) == SHORTEST

    @Kept
    def rhymes(self) -> bool:
        """Tell whether the wrong last character sounds like the right one but for its beginning."""
        alike = self.same_sound or self.near_sound
        return self.at_end and not alike and self.sounds.rhyme(self.wrong, self.right)

    @Kept
    def ends_in_word(self) -> bool:
        """Tell whether the text's last two characters are a word: 山区, 城市."""
        end = self.near.span.end
        return not self.at_end and len(dictionary_words(self.text[end - 2 : end])) == 1

    @Kept
    def _words(self) -> list[range]:
        low = max(0, self.near.span.start - _CONTEXT)
        words = dictionary_words(self.text[low : self.near.span.end + _CONTEXT], low)
        # 省|委 behind a name is no other word.
        return [word for word in words if not _OF_REGION.match(self.text, word.start, word.stop)]

    @Kept
    def covered(self) -> bool:
        """Tell whether a dictionary word covers the damage: the text may mean it."""
        return self._word is not None

    @property
    def covered_within(self) -> bool:
        """Tell whether that word lies inside the place."""
        span = self.near.span
        word = self._word
        return word is not None and span.start <= word.start and word.stop <= span.end

    @Kept
    def _word(self) -> range | None:
        span = self.near.span
        at = min(span.start + self.near.site, span.end - 1)
        return next((word for word in self._words if at in word and len(word) > 1), None)

    @Kept
    def reads_across(self) -> bool:
        """Tell whether a dictionary word reaches over an end of the place."""
        span = self.near.span
        return any(
            word.start < edge < word.stop for word in self._words for edge in (span.start, span.end)
        )
