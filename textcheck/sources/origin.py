"""Whose words a site's page holds: its own, or somebody else's that it reposts (转载)."""

import re
from collections.abc import Iterable
from dataclasses import replace

from textcheck.account import Account
from textcheck.article import Listing

__all__ = ["OWN_NAMES", "is_elsewhere", "owned"]

OWN_NAMES = "own_names"
"""The hint that says what the register calls the publisher."""

_OURSELVES = re.compile(r"(?:本|我)(?:站|网|局|委|办|部|厅|市|县|区|州|省|单位|中心)|原创|站内")
# A department of the publisher gives no place: 办公室, 政策法规科, 宣传处.
_DEPARTMENT = re.compile(r"[^省市县区州旗]{0,8}(?:科|室|处|股|办|办公室|中队|大队|支队)")
_LEVELS = "省市县区州盟旗"
_PLACE = 2  # characters: 石渡县, 澜宁市
# What stands before the place in the name of a unit.
_BEFORE_PLACE = re.compile(r"^(?:中国共产党|中共|国家[^省市县区]{2,6}局|共青团)")


def is_elsewhere(source: str, own_names: Iterable[str]) -> bool:
    """
    Tell whether 来源 names somebody else than the publisher and the bodies of its place.

    A county's portal publishes what its bureaux and its own media write; what comes from the
    province, the capital or a newspaper is reposted. Where no name is known, nothing is told.

    >>> [is_elsewhere(s, ["石渡县人民政府"]) for s in ("石渡县融媒体中心", "办公室", "新华社", "")]
    [False, False, True, False]
    """
    source = "".join(source.split())
    names = [_BEFORE_PLACE.sub("", "".join(name.split())) for name in own_names]
    names = [name for name in names if name]
    if not source or not names:
        return False
    if _OURSELVES.search(source) or _DEPARTMENT.fullmatch(source):
        return False
    # 县水务局 on a county's portal is the county's; 省水利厅 is not.
    level = source[0] if source[0] in _LEVELS else ""
    if level and any(level in name for name in names):
        return False
    return not any(name[:_PLACE] in source or source in name for name in names)


def owned(listing: Listing, account: Account) -> Listing:
    """Note in each reference what the register calls the publisher."""
    names = account.unit or account.name
    references = tuple(
        replace(item, hint={**item.hint, OWN_NAMES: names}) for item in listing.references
    )
    return replace(listing, references=references)
