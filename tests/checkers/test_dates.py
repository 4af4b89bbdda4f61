import pytest

from tests.checkers.conftest import Check


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2月30日", "没有这一天"),
        ("2021年2月29日", "没有这一天"),
        ("4月31号", "没有这一天"),
        ("二月三十日", "没有这一天"),
        ("十一月三十一日", "没有这一天"),
        ("十三月一日", "没有这个月份"),
        ("13月1日", "没有这个月份"),
        ("0月1日", "没有这个月份"),
        ("5月0日", "没有这一天"),
        ("三月二二日", "没有这一天"),  # no number at all
        ("三月十五五日", "没有这一天"),
        ("2020.2.30", "没有这一天"),
        ("2020-13-01", "没有这个月份"),
        ("2020/4/31", "没有这一天"),
        ("2121.6.6", "远在发布日期2020-05-06之后"),
        ("2121年6月6日", "远在发布日期2020-05-06之后"),
        ("２０２０年２月３０日", "没有这一天"),
    ],
)
def test_an_impossible_date_is_found_whole(text: str, reason: str, run: Check) -> None:
    (finding,) = run(f"会期{text}。")
    assert finding.span.of(f"会期{text}。") == text
    assert reason in finding.message
    assert finding.suggestions == ()


@pytest.mark.parametrize(
    "text",
    [
        "2020年2月29日",
        "2月29日",  # the year may be a leap year
        "1月1日至12月31日",
        "二月二十九日",
        "三十一日",
        "2070.6.6",  # fifty years ahead is not too far
        "农历二月三十日",
        "农历的二月三十日",
        "藏历二月三十日",
        "13.1.2",
        "192.168.13.45",
        "2020.13.1.2",
        "1-2020-13-01",
        "2020.2-30",  # two signs
        "第12月30日均线",
        "1月32号楼",
        "5月35号线",
        "3月40号文",
        "12020年2月9日",
        "3020.1.1",
    ],
)
def test_other_numbers_are_left_alone(text: str, run: Check) -> None:
    found = [finding for finding in run(f"会期{text}。") if finding.rule.family == "DAT"]
    assert found == []


def test_the_lunar_calendar_reaches_no_further_than_its_clause(run: Check) -> None:
    (finding,) = run("农历新年前，2月30日报名。")
    assert finding.rule.code == "DAT601"


def test_without_a_day_of_publication_no_year_is_far(run: Check) -> None:
    assert run("2121.6.6", None) == []
    assert len(run("2121.6.31", None)) == 1


@pytest.mark.parametrize(
    ("text", "code", "wrong", "right"),
    [
        ("2020年5月6日星期四上午", "DAT602", "星期四", "星期三"),
        ("5月6日（周四）", "DAT602", "周四", "周三"),  # the year is that of publication
        ("2月28日（星期四）", "DAT602", "星期四", "星期五"),
        ("5月6日至2日", "DAT603", "5月6日至2日", None),
        ("2020年5月至2019年6月", "DAT603", "2020年5月至2019年6月", None),
        ("2020年5月6日—2020年4月6日", "DAT603", "2020年5月6日—2020年4月6日", None),
        ("2021年至2019年间", "DAT603", "2021年至2019年", None),
        ("2020年6月召开了大会", "DAT604", "2020年6月", None),
        ("2020年5月7日，县里举行了仪式", None, None, None),  # another clause
        ("2021年举行了运动会", "DAT604", "2021年", None),
        ("今年是云泽市成立60周年", "DAT605", "60周年", "70周年"),
        ("2019年是云泽建市70周年", "DAT605", "70周年", "69周年"),
        ("5月6日25时", "DAT601", "25时", None),
        ("下午3点75分", "DAT601", "3点75分", None),
        ("20206年3月1日", "DAT601", "20206年3月1日", None),
        ("13月底", "DAT601", "13月", None),
    ],
)
def test_dates_that_do_not_agree(
    text: str, code: str | None, wrong: str | None, right: str | None, run: Check
) -> None:
    found = [
        (finding.rule.code, finding.span.of(text), *finding.suggestions) for finding in run(text)
    ]
    assert found == ([(code, wrong, *filter(None, [right]))] if code else [])


@pytest.mark.parametrize(
    "text",
    [
        "2020年5月6日星期三",
        "5月6日（周三）",
        "5月6日周一岁的生日",  # one year old
        "11月至3月",
        "2019年11月至2020年3月",
        "11月20日至3月5日",
        "2019年至2021年",
        "2020年6月将召开大会",
        "2020年4月召开了大会",
        "云泽市成立60周年时",  # of no year
        "今年是云泽市成立70周年",
        "5月6日24时",
        "农历五月初六",
    ],
)
def test_dates_that_agree(text: str, run: Check) -> None:
    assert run(text) == []
