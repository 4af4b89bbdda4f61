import pytest

from textcheck.knowledge.regions import Region, Regions

REGIONS = Regions(
    [
        Region(key, form, rank, parent, status, "facts:list.json").line
        for key, form, rank, parent, status in (
            ("reg-910000", "云泽省", "province", "", "current"),
            ("reg-920000", "山岭省", "province", "", "current"),
            ("reg-910100", "望湖市", "prefecture", "云泽省", "current"),
            ("reg-910200", "听雨市", "prefecture", "云泽省", "current"),
            ("reg-910101", "芦苇渡县", "county", "望湖市", "current"),
            ("reg-920101-f", "石桥县", "county", "山岭省", "former"),
            ("reg-910102", "石桥县", "county", "望湖市", "current"),
        )
    ]
)


@pytest.mark.parametrize(
    ("above", "unit", "homes"),
    [
        ("云泽省", "芦苇渡县", None),
        ("云泽", "芦苇渡县", None),
        ("山岭省", "芦苇渡县", ("云泽省",)),
        ("山岭", "望湖市", ("云泽省",)),
        ("山岭省", "石桥县", None),  # it lay there
        ("听雨市", "芦苇渡县", ("望湖市",)),
        ("望湖市", "芦苇渡县", None),
    ],
)
def test_a_unit_has_homes_elsewhere_or_lies_there(
    above: str, unit: str, homes: tuple[str, ...] | None
) -> None:
    found = REGIONS.homes_of(unit, above)
    assert (found[1] if found else None) == homes


def test_the_longest_unit_at_a_place_is_found() -> None:
    assert REGIONS.unit_at("云泽省芦苇渡县长", 3) == "芦苇渡县"
    assert REGIONS.unit_at("云泽省的县", 3) is None


def test_provinces_and_prefectures_are_looked_for() -> None:
    assert set(REGIONS.forms) == {"云泽省", "云泽", "山岭省", "山岭", "望湖市", "听雨市"}
    assert REGIONS.written_as("云泽省", "山岭") == "云泽"
    assert REGIONS.written_as("云泽省", "山岭省") == "云泽省"
