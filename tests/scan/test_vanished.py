"""Posts that no list holds any more: gone only where the platform says so, and their text stays."""

from pathlib import Path

import pytest
from replay import Answer, Asked
from replay_hosts.weibo import WeiboPost, WeiboWorld

from tests.scan.hosts import Hosts, Kept, account, night
from textcheck.account import Platform, SourceSpec

AT = "Thu Nov 19 10:31:04 +0800 2026"
POSTS = (
    WeiboPost("1", "B1", "前半 ...", AT, whole="前半后半。"),
    WeiboPost("2", "B2", "短的", AT),
    WeiboPost("3", "B3", "老的", "Sun Nov 01 10:31:04 +0800 2026"),
)
KINDS = {
    "weibo": {"uid": "7", "cookie": "env:WB"},
    "weibo_pc": {"uid": "7", "cookie": "env:WB"},
    "weibo_api": {"uid": "7", "token": "env:WB_TOKEN"},
}


def two_nights(tmp_path: Path, kind: str, world: WeiboWorld, **gone: set[str]) -> Kept:
    def later() -> None:
        for name, mids in gone.items():
            setattr(world, name, mids)

    spec = SourceSpec(kind, KINDS[kind])
    watched = account(spec, platform=Platform.WEIBO)
    return night(tmp_path, watched, Hosts(hosts=world.hosts()), times=2, later=later)


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WB", "SUB=good")
    monkeypatch.setenv("WB_TOKEN", "T")


def states(kept: Kept) -> dict[str, tuple[str, str]]:
    return {row.native_id: (row.state, row.text) for row in kept.articles.values()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_post_that_is_gone_keeps_its_text(tmp_path: Path, kind: str) -> None:
    kept = two_nights(tmp_path, kind, WeiboWorld("7", POSTS), gone={"1"}, hidden={"2"})
    found = states(kept)
    assert found["1"] == ("deleted", "前半后半。")
    assert found["2"][0] == "ok"  # not in the list, and there all the same
    assert (kept.coverage.gone, kept.coverage.error) == (1, "")
    assert kept.run.failures == []


def test_an_old_post_is_not_asked_for(tmp_path: Path) -> None:
    kept = two_nights(tmp_path, "weibo", WeiboWorld("7", POSTS), gone={"3"})
    assert states(kept)["3"][0] == "ok"
    assert not any("/statuses/show" in target for target in kept.replay.counts)


def test_a_post_that_is_listed_is_not_asked_for(tmp_path: Path) -> None:
    kept = two_nights(tmp_path, "weibo", WeiboWorld("7", POSTS))
    assert not any("/statuses/show" in target for target in kept.replay.counts)


def test_a_list_that_is_cut_off_says_nothing_of_who_left(tmp_path: Path) -> None:
    world = WeiboWorld("7", POSTS)
    kept = two_nights(tmp_path, "weibo", world, sessions=set())
    assert "432" in kept.coverage.error
    assert {state for state, _ in states(kept).values()} == {"ok"}
    assert not any("/statuses/show" in target for target in kept.replay.counts)


def test_an_answer_that_holds_no_post_proves_nothing(tmp_path: Path) -> None:
    world = WeiboWorld("7", POSTS)
    hosts = world.hosts()
    mobile = hosts["m.weibo.cn"]

    def throttled(asked: Asked) -> Answer:
        if asked.path == "/statuses/show":
            return Answer('{"ok": 0, "msg": "请求过于频繁"}'.encode(), "application/json")
        return mobile(asked)

    hosts["m.weibo.cn"] = throttled
    watched = account(SourceSpec("weibo", KINDS["weibo"]), platform=Platform.WEIBO)

    def later() -> None:
        world.hidden = {"1"}

    kept = night(tmp_path, watched, Hosts(hosts=hosts), times=2, later=later)
    assert states(kept)["1"][0] == "ok"
    assert [failure for failure in kept.run.failures if "ok=0" in failure]
