import pytest

from textcheck.sources.origin import is_elsewhere

COUNTY = ("石渡县人民政府办公室", "石渡县人民政府门户网站")


@pytest.mark.parametrize(
    ("source", "own", "elsewhere"),
    [
        ("", COUNTY, False),
        ("本站", COUNTY, False),
        ("本网原创", COUNTY, False),
        ("办公室", COUNTY, False),
        ("政策法规科", COUNTY, False),
        ("石渡县融媒体中心", COUNTY, False),
        (" 石渡县 水务局", COUNTY, False),
        ("县政府办公室", COUNTY, False),
        ("省水利厅", COUNTY, True),
        ("新华社", COUNTY, True),
        ("人民日报客户端", COUNTY, True),
        ("澜宁市人民政府", COUNTY, True),
        ("中共中央办公厅", ("中共石渡县委宣传部",), True),
        ("中共石渡县委组织部", ("中共石渡县委宣传部",), False),
        ("国家税务总局", ("国家税务总局石渡县税务局",), True),
        ("新华社", (), False),
        ("新华社", ("",), False),
    ],
)
def test_whose_words_a_page_holds(source: str, own: tuple[str, ...], elsewhere: bool) -> None:  # noqa: FBT001 # a table
    assert is_elsewhere(source, own) is elsewhere
