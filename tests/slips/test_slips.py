"""What is a slip in a protected form, and what reads as something else."""

import pytest

from tests.marks import read_marks
from textcheck.document import Span
from textcheck.knowledge.entry import EntryKind
from textcheck.lexicon.lexicon import Lexicon
from textcheck.slips.slips import LEAST, Slip

FOUND = [
    "全镇学习【江望书→江望舒】的文章。",
    "全镇学习【江望输→江望舒】的文章。",
    "江望舒强调【江望叔→江望舒】指出",
    "云泽院总理【江望树→江望舒】讲话",
    "云泽院总理【江望大→江望舒】讲话",
    "【江望术→江望舒】同志江望舒、【陆青和→陆青禾】出席",
    "【陆清禾→陆青禾】指出",
    "【江舒→江望舒】强调",
    "【江望望舒→江望舒】强调",
    "【江舒望→江望舒】强调",
    "【望舒→江望舒】强调。",
    "【陆陆青禾→陆青禾】指出",
    "渔业部部长【沈怀故→沈怀谷】",
    "沈怀谷部长【沈怀古→沈怀谷】部长",
    "【云泽院总里→云泽院总理】江望舒",
    "【云泽院总里→云泽院总理】",
    "云泽院副总理副副总理【云泽院副副总理→云泽院副总理】",
    "【渔夜部长→渔业部长】【渔业部张→渔业部长】",
    "【三个湖泊战咯布局→三个湖泊战略布局】",
    "【“三个湖泊”战略局→“三个湖泊”战略布局】",
    "【“三个湖泊”战略布布局→“三个湖泊”战略布局】",
    "【“三个湖泊”战布略局→“三个湖泊”战略布局】",
    "【“三个湖泊”战略布据→“三个湖泊”战略布局】",
    "【湖海共同意识→湖海共同体意识】",
    "【湖海共体同意识→湖海共同体意识】",
    "【湖海共同体意思→湖海共同体意识】",
    "【湖海共同体意→湖海共同体意识】",
    "【四个水园→四个水源】",
    "“【四个水缘→四个水源】”",
    "【四个个水源→四个水源】",
    "“【个水源→四个水源】”",
    "【云泽人民代表大汇→云泽人民代表大会】",
    "【云泽十届三中全汇→云泽十届三中全会】",
    "【云泽十三届中全会→云泽十届三中全会】",
    "【保持水清岸绿鱼非→保持水清岸绿鱼肥】",
    "【保持水清绿鱼肥→保持水清岸绿鱼肥】",
    "【保持水清岸岸绿鱼肥→保持水清岸绿鱼肥】",
    "【保水清岸绿鱼肥→保持水清岸绿鱼肥】持",
    "【抓渔业必须先抓税→抓渔业必须先抓水】",
    "【抓鱼业必须先抓水→抓渔业必须先抓水】",
    "【统筹推进治水兴鱼→统筹推进治水兴渔】",
    "【江望书→江望舒】新时代治水兴渔富民思想",
    "【江望舒新时代治水兴鱼富民思想→江望舒新时代治水兴渔富民思想】",
    "【江望舒新时代治水兴渔富民想→江望舒新时代治水兴渔富民思想】",
    "在【云泽入民代表达会→云泽人民代表大会】上",
    "【云泽民人代婊大会→云泽人民代表大会】上",
    "【云泽济经工作议会→云泽经济工作会议】部署",
    "【云泽人民代表大大会会→云泽人民代表大会】。",
    "【持保水清岸绿绿鱼肥→保持水清岸绿鱼肥】",
    "【周拜→周白】指出",
    "云泽院副总理【周败→周白】",
    "湖泊委主任【周黑→周白】讲话",
    "【干净地湖边的家园→干净的湖边的家园】",
    "【干净的湖边的家元→干净的湖边的家园】",
    "【依法治国爱X护湖→依法治国爱湖护湖】",
    "【治水新渔→治水兴渔】",
    "【制水兴渔→治水兴渔】",
    "【治水兴玉→治水兴渔】",
    "【治水薪渔→治水兴渔】",
    "【治水鑫渔→治水兴渔】",
    "【治水麤渔→治水兴渔】",
    "【渔业部部帐→渔业部部长】讲话",
    "【湖泊安泉→湖泊安全】",
    "【江望舒新时代治鑫兴渔富民思想→江望舒新时代治水兴渔富民思想】",
    "【建设清洁关丽湖泊→建设清洁美丽湖泊】",
    "【建设清洁美丽湖麤→建设清洁美丽湖泊】",
    "会议【江望鑫→江望舒】强调",
    "会议【江望大→江望舒】强调",
    "会议【江望鑫→江望舒】的话",
    "会议【江鑫舒→江望舒】的",
    "【设清洁美丽湖泊→建设清洁美丽湖泊】。",
    "，【设清洁美丽湖泊→建设清洁美丽湖泊】。",
    "【建设清洁美丽湖→建设清洁美丽湖泊】的",
    "“【设清洁美丽湖泊→建设清洁美丽湖泊】”",
    "的【湖海共同体意→湖海共同体意识】",
    "【云泽人民代表大→云泽人民代表大会】",
    "【泽人民代表大会→云泽人民代表大会】",
    "渔业部部长【怀谷→沈怀谷】",
    "【湖海同体意识→湖海共同体意识】",
    "“【湖海同体意识→湖海共同体意识】”",
    "【干净湖边的家园→干净的湖边的家园】",
    "【治兴渔→治水兴渔】",
    "“【治兴渔→治水兴渔】”",
    "【建设清洁丽湖泊→建设清洁美丽湖泊】",
    "【建设清美丽湖泊→建设清洁美丽湖泊】",
    "【统筹推治水兴渔→统筹推进治水兴渔】",
    "【抓渔业必先抓水→抓渔业必须先抓水】",
    "【治水兴兴渔→治水兴渔】",
    "“【治水大兴渔→治水兴渔】”",
    "【建设清洁美大丽湖泊→建设清洁美丽湖泊】",
    "【建设清洁大美丽湖泊→建设清洁美丽湖泊】",
    "【建设清洁鑫美丽湖泊→建设清洁美丽湖泊】",
    "【江大望舒→江望舒】强调",
    "【统筹推进大治水兴渔→统筹推进治水兴渔】",
    "【湖海共同体大意识→湖海共同体意识】",
    "渔兴【水治兴渔→治水兴渔】",
    "【水治兴渔→治水兴渔】",
    "“【水治兴渔→治水兴渔】”",
    "【治兴水渔→治水兴渔】",
    "【治治水兴渔→治水兴渔】",
    "【建设建清洁美丽湖泊→建设清洁美丽湖泊】",  # and not 建清洁… behind another 建设
    "【治水 兴渔→治水兴渔】",
    "【建设清洁\n美丽湖泊→建设清洁美丽湖泊】",
    "云泽院总理【江望 舒→江望舒】",
    "【江江望舒→江望舒】，【望江舒→江望舒】",
    "【建建设清洁美丽湖泊→建设清洁美丽湖泊】",
    "【建设清洁美丽湖泊泊→建设清洁美丽湖泊】",
    "【四四个水源→四个水源】",
    "云泽院总理【江舒望→江望舒】",
    "【云泽院总江理望舒→云泽院总理江望舒】",
]

LAWFUL = [
    ("云泽院总理周 白讲话", "names of two are set as wide as names of three"),
    ("江舒望远镜", "望远镜 is a word"),
    ("湖泊委主任周百讲话", "a slip to the name of another person of the tables is no slip"),
    ("江望，强调", "a verb is no part of the name that is cut short"),
    ("陆青禾禾苗", "the doubled character begins a word"),
    ("沈怀故来了", "a minister by the bare name: somebody else may be called so"),
    ("“三个湖泊战略布局", "a quotation mark is no character of the form"),
    ("四个水原", "allowed.tsv names it"),
    ("云泽人民大会", "another word left out whole"),
    ("云泽十届二中全会", "another number is another meeting"),
    ("云泽三中全会", "two characters short"),
    ("莫周拜表示", "likewise"),
    ("扎周败指出", "a name of two may be the end of a longer one"),
    ("依法治市爱湖护湖", "another kind of place"),
    ("三个水源", "another number"),
    ("“三水源”", "two edits"),
    ("湖泊安全感", "the form is whole"),
    ("建设清洁大湖湖泊", "大湖 is a word"),
    ("会议江望大的", "behind the name a particle only"),
    ("会议江大舒", "nothing stands beside the name"),
    ("会议江望大", "nothing stands beside the name"),
    ("会议江望大学", "大学 is a word"),
    ("沈怀谷部", "only the rank is cut short"),
    ("渔业部部长沈怀", "another person of the tables"),
    ("建设清洁的美丽湖泊", "a particle between two words"),
    ("建设清洁和美丽湖泊", "likewise"),
    ("云泽院总理大江望舒", "between title and name: in neither"),
    ("云泽渔夫代表大会", "another word"),
    ("湖泽渔民代表大会", "two other words"),
    ("云泽人民大会", "a word is left out"),
    ("保持水清岸美鱼多", "two characters chosen on purpose"),
    ("保持水清、岸绿、鱼肥", "two marks put in"),
    ("一三届", "too short"),
    ("封建建设清洁美丽湖泊", "封建 is a word"),
]


def _slips(lexicon: Lexicon, text: str) -> list[Slip]:
    slips = [slip for kind in EntryKind for slip in lexicon.slips(text, kind)]
    return sorted(slips, key=lambda slip: slip.span)


@pytest.mark.parametrize("text", FOUND)
def test_a_slip_is_found_whole_and_put_right(text: str, lexicon: Lexicon) -> None:
    marked = read_marks(text)
    slips = _slips(lexicon, marked.published)
    assert [(slip.span, slip.right) for slip in slips] == [
        (mark.span, mark.right) for mark in marked.marks
    ]
    assert all(LEAST <= slip.confidence <= 1 for slip in slips)


@pytest.mark.parametrize(("text", "why"), LAWFUL)
def test_what_reads_as_something_else_is_no_slip(text: str, why: str, lexicon: Lexicon) -> None:
    assert _slips(lexicon, text) == [], why


@pytest.mark.parametrize("text", FOUND)
@pytest.mark.parametrize("before", ["𠮷。", "１２．３；\t", "甲\r\n", "\ud800，", "🀄\n\n"])
def test_what_stands_far_before_moves_the_place_and_nothing_else(
    before: str, text: str, lexicon: Lexicon
) -> None:
    alone = _slips(lexicon, read_marks(text).published)
    moved = _slips(lexicon, before + read_marks(text).published)
    by = len(before)
    assert [(slip.span, slip.right) for slip in moved] == [
        (Span(slip.span.start + by, slip.span.end + by), slip.right) for slip in alone
    ]


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        ("四个水园", "治水新渔"),  # the same sound, and nearly the same
        ("会议江望鑫强调", "会议江望大强调"),  # a rare character
        ("建设清洁美丽湖泊泊", "建设清洁美的丽湖泊"),  # a character twice, and a particle put in
    ],
)
def test_how_sure_a_slip_is(surer: str, less_sure: str, lexicon: Lexicon) -> None:
    one, other = _slips(lexicon, surer), _slips(lexicon, less_sure)
    assert one[0].confidence > other[0].confidence


def test_a_line_may_end_within_a_form_where_all_lines_do(lexicon: Lexicon) -> None:
    lines = [
        "全镇的人都来到湖边看鱼看水看天看",
        "建设清洁",
        "美丽湖泊是大家的事大家都要出力气",
        "湖边的人",
    ]
    assert [slip.right for slip in _slips(lexicon, "\n".join(lines))] == ["建设清洁美丽湖泊"]
    wrapped = [line * 4 for line in lines[:1] * 3] + lines[1:]
    assert _slips(lexicon, "\n".join(wrapped)) == []


def test_a_case_is_as_sure_alone_as_among_others(lexicon: Lexicon) -> None:
    scale = lexicon.tables.scale
    texts = [read_marks(text).published for text in FOUND]
    cases = [case for text in texts for case in lexicon.cases(f"\n{text}\n")]
    alone = [scale.confidence(case) for case in cases]
    assert scale.confidences(cases) == pytest.approx(alone)
    assert max(alone) > 0.9
