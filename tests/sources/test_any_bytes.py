"""Whatever a host answers, a parser gives a value or one of the errors it names."""

from collections.abc import Callable
from datetime import datetime

import pytest
from fuzz_parsers import survive
from fuzzing.parsers import PARSERS, Parser
from fuzzing.spoil import spoiled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from textcheck.config import CHINA
from textcheck.errors import ReadError, TextcheckError
from textcheck.sources.wechat_article import wechat_identity
from textcheck.sources.weibo_post import clean_lines, plain_lines, post_number, weibo_time

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=CHINA)
NAMED = {parser.name: parser for parser in PARSERS}
# A few of each with every run; scripts/fuzz_parsers.py tries for as long as it is told to.
many = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def names(*but: str) -> list[str]:
    return [name for name in NAMED if name not in but]


# A PDF is read in a process of its own, which takes a tenth of a second.
@pytest.mark.parametrize("name", names("pdf"))
@many
@given(data=st.data())
def test_spoiled_answers(name: str, data: st.DataObject) -> None:
    seeds = NAMED[name].seeds
    survive(NAMED[name], data.draw(spoiled(seeds) | st.binary(max_size=2000)))


@pytest.mark.parametrize("parser", PARSERS, ids=names())
def test_the_input_that_is_spoiled_is_good(parser: Parser) -> None:
    # Else the mutations would try nothing.
    for attempt in parser.tries:
        assert any(_succeeds(attempt, seed) for seed in parser.seeds)


def _succeeds(attempt: Callable[[bytes], object], seed: bytes) -> bool:
    try:
        return attempt(seed) != 0  # articles that a source listed
    except TextcheckError:
        return False


@many
@given(st.text(max_size=100))
def test_arbitrary_text(text: str) -> None:
    wechat_identity(text)
    wechat_identity(f"https://mp.weixin.qq.com/{text}")
    weibo_time(text, NOW)
    plain_lines(text)
    post_number(text)
    try:
        clean_lines(text)
    except ReadError as error:
        assert str(error)  # noqa: PT017 # nothing but a comment, say


@many
@given(
    st.from_regex(
        r"(\d{1,5}(秒|分钟|小时)前|(今天|昨天) \d{1,3}:\d\d|\d{1,6}-\d{1,3}-?\d*)", fullmatch=True
    )
)
def test_odd_times(value: str) -> None:
    read = weibo_time(value, NOW)
    assert read is None or read.tzinfo is not None


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("wechat page", "<p id=js_article><script>window.cgiData = {" + "'\\" * 300_000),
        ("wechat page", "<p id=js_article><script>window.cgiData = {" + "a" * 600_000),
        ("wechat page", "<p id=js_article><script>" + "window.cgiData = {" * 30_000),
        ("site lists", "<datastore " * 60_000),
        ("site lists", "<datastore>" + "<record><![CDATA[" * 40_000 + "</datastore>"),
        ("site lists", "<p>" + "<a href='./202606/t20260625_1.html'>x</a>" * 15_000),
        ("feeds", "<table>" + "<tr><td>" * 60_000),
    ],
)
def test_time_grows_with_the_answer_and_no_faster(name: str, body: str) -> None:
    # Each of these took minutes where a pattern began anew at every character.
    survive(NAMED[name], body.encode(), hang=5.0)


def test_a_declaration_that_never_ends_is_an_error_of_the_page() -> None:
    for name in ("html", "site lists"):
        survive(NAMED[name], b'<?xml version="1.0" encoding="><p>x</p>')


@pytest.mark.parametrize(
    ("name", "body"),
    [
        # A code that is a list, in a package a part that begins before the file.
        ("wechat lists", '{"errcode": [], "base_resp": {"ret": []}}'),
        ("word", "PK\x03\x04[Content_Types].xml"),
        # A token that lasts for ever, half a character, an address that is none.
        ("wechat lists", '{"access_token": "t", "expires_in": 1' + "0" * 30 + "}"),
        ("weibo", '{"ok": 1, "data": {"since_id": "\\ud800", "list": []}}'),
        (
            "feeds",
            "<rss version='2.0'><channel><item><link>https://[a/</link></item></channel></rss>",
        ),
    ],
)
def test_what_was_found_by_trying_stays_mended(name: str, body: str) -> None:
    survive(NAMED[name], body.encode())
