"""What reviewers find wrong with a rule comes to those who keep the lexicon, and into a row."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from web_office import Browser, Office, words_of

from textcheck.cli.main import program
from textcheck.knowledge.exchange import read_workbook

TEXTS = [f"第{number}句说高质量发屏。" for number in range(3)]


@pytest.fixture
def keys(office: Office) -> list[str]:
    """Find three issues of the same words, and have two excluded because the rule is wrong."""
    found = [office.found(text, "高质量发屏", number=text) for text in TEXTS]
    browser = office.login("审核员甲")
    browser.decide(found[0], reason="规则有误", note="地名")
    browser.decide(found[1], reason="当时有效")
    browser.decide(found[2], reason="重复")  # which says nothing of the lexicon
    return found


def answer(browser: Browser, **fields: str) -> int:
    browser.last = browser.get("/proposals")
    given = {"rule_code": "FRM301", "quote": "高质量发屏", "state": "采纳", **fields}
    return browser.post("/proposals/answer", **given).status_code


def test_one_proposal_holds_what_was_said_of_the_same_words(
    office: Office, keys: list[str]
) -> None:
    page = words_of(office.login("审核员乙").get("/proposals"))
    assert "词库建议：1 条待处理" in page
    for told in ("2 个", "规则有误 1 次", "当时有效 1 次", "审核员甲", "地名", TEXTS[0]):
        assert told in page
    assert 'name="state"' not in office.login("审核员乙").get("/proposals").text
    first = office.login("审核员甲")
    first.last = first.get(f"/issues/{keys[0]}")
    undo = first.last.text.split('name="batch" value="')[1].split('"')[0]
    first.post("/undo", batch=undo)
    assert "规则有误 1 次" not in words_of(first.get("/proposals"))


def test_a_keeper_accepts_it_and_it_becomes_a_row_to_import(
    office: Office, keys: list[str], tmp_path: Path
) -> None:
    keeper = office.login("词库员")
    row = {"form": "高质量发屏", "near": "高质量发展", "reason": "地名"}
    assert answer(keeper, **row, note="已放行") == 200
    page = words_of(keeper.get("/proposals"))
    assert "词库建议：0 条待处理" in page
    assert "采纳，词库员，2026-05-01 09:30：已放行；放行“高质量发屏”" in page
    history = words_of(office.login("审核员甲").get(f"/issues/{keys[0]}"))
    assert "词库建议采纳 已放行" in history
    (tmp_path / "office").mkdir()
    file, layer = tmp_path / "建议.xlsx", str(tmp_path / "office")
    url = office.url
    arguments = ["lexicon", "proposals", "--xlsx", str(file), "--layer", layer, "--store", url]
    result = CliRunner().invoke(program, arguments)
    assert (result.exit_code, result.stderr) == (0, f"已导出 1 行新采纳的写法：{file}\n")
    assert read_workbook(file) == {"allowed": [row]}
    told = CliRunner().invoke(program, ["lexicon", "import", str(file), "--layer", layer])
    assert "allowed 新增 高质量发屏：near 高质量发展；reason 地名" in told.stdout


def test_a_refusal_has_a_reason_and_more_opens_it_again(office: Office, keys: list[str]) -> None:
    keeper = office.login("词库员")
    assert answer(keeper, state="不采纳") == 400
    assert answer(keeper, state="不采纳", note="规则无误") == 200
    assert "不采纳，词库员" in words_of(keeper.get("/proposals"))
    office.clock.now = office.clock.now.replace(minute=45)
    key = office.found("又说高质量发屏。", "高质量发屏", number="又")
    office.login("审核员乙").decide(key, reason="规则有误")
    assert "词库建议：1 条待处理" in words_of(keeper.get("/proposals"))
    assert keys


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"quote": "没有这几个字"}, 404),
        ({"state": "也许"}, 400),
        ({"form": "高质量发屏"}, 400),  # a lawful form needs a reason
    ],
)
@pytest.mark.usefixtures("keys")
def test_an_answer_that_makes_no_sense_is_refused(
    office: Office, fields: dict[str, str], status: int
) -> None:
    assert answer(office.login("词库员"), **fields) == status
