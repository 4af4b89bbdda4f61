"""
Write lexicons/regions.tsv: provinces, prefectures and counties of today and of former times.

Run: python scripts/mine_regions.py --shared DIR > lexicons/regions.tsv

The codes of the lists under DIR/facts/admin_divisions say what belongs to what: 140100 lies in
140000. Names that are common nouns too (城区, 郊区) are left out.
"""

import argparse
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

__all__ = ["main", "rows_of"]

CURRENT, FORMER = "mumuy_list_current.json", "mumuy_history_abolished.json"
ZONES = "modood_pca-code.json"  # new areas and other zones that counties' codes were given to
SHORT = (4, 5)  # 北戴河新区; longer names of zones have several writings
NOUNS = {"市辖区", "城区", "郊区", "矿区", "县", "市区", "新区", "省直辖县级行政区划",
         "自治区直辖县级行政区划", "省直辖行政单位", "省直辖单位",
         "自治区直辖单位", "县级单位", "省直辖"}  # fmt: skip
PROVINCES_ONLY = ("71", "81", "82", "83")  # of Taiwan, Hong Kong and Macao the name as a whole
Row = tuple[str, ...]
COLUMNS = ("id", "form", "rank", "parent", "status", "source")


def rank_of(code: str) -> str:
    """
    Return what a code stands for.

    >>> rank_of("140000"), rank_of("140100"), rank_of("140105")
    ('province', 'prefecture', 'county')
    """
    return (
        "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
    )


def parent_of(code: str, names: Mapping[str, str]) -> str:
    """Return the name of what a region lies in: a prefecture, where there is none a province."""
    if code.endswith("0000"):
        return ""
    above = names.get(code[:4] + "00", "") if not code.endswith("00") else ""
    return above if above and above not in NOUNS else names.get(code[:2] + "0000", "")


def rows_of(
    listed: Mapping[str, str], every: Mapping[str, str], status: str, source: str
) -> Iterator[Row]:
    """Yield the rows of a list; `every` are the names by code of all lists."""
    for code, name in ((code, name.strip()) for code, name in listed.items()):
        rank = rank_of(code)
        if len(name) < len("某县") or name in NOUNS or name[-1] not in "省市区县州盟旗":
            continue
        if code[:2] in PROVINCES_ONLY and rank != "province":
            continue
        key = f"reg-{code}" + ("" if status == "current" else "-f")
        yield key, name, rank, parent_of(code, every), status, source


def zones_of(provinces: Iterable[Mapping[str, Any]], known: Collection[str]) -> Iterator[Row]:
    """Yield the rows of zones whose name no region has: 兰州新区."""
    for province in provinces:
        for city in province["children"]:
            for zone in city.get("children", ()):
                name = zone["name"]
                if len(name) in SHORT and name.endswith("区") and name not in known:
                    source = f"facts:admin_divisions/{ZONES}"
                    yield f"reg-{zone['code']}", name, "county", city["name"], "current", source


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Write the table of regions")
    parser.add_argument("--shared", type=Path, required=True, help="holds facts/")
    folder = parser.parse_args().shared / "facts" / "admin_divisions"
    lists = [json.loads((folder / name).read_text(encoding="utf-8")) for name in (CURRENT, FORMER)]
    current, former = lists
    rows = {row[0]: row for row in rows_of(current, current, "current",
                                           f"facts:admin_divisions/{CURRENT}")}  # fmt: skip
    known = {row[1:4] for row in rows.values()}
    every = {**current, **former}
    for row in rows_of(former, every, "former", f"facts:admin_divisions/{FORMER}"):
        if row[1:4] not in known:
            known.add(row[1:4])
            rows[row[0]] = row
    provinces = json.loads((folder / ZONES).read_text(encoding="utf-8"))
    for row in zones_of(provinces, {row[1] for row in rows.values()}):
        rows[row[0]] = row
    for cells in (COLUMNS, *sorted(rows.values())):
        sys.stdout.write("\t".join(cells) + "\n")


if __name__ == "__main__":
    main()
