"""
Render corpus/demo/articles into what `make demo` reads.

    python scripts/build_demo.py            # write corpus/demo/{pages,accounts.toml,…} anew
    python scripts/build_demo.py --check    # name what is not up to date; exit 1 if anything is

Written are the pages and answers of the hosts in their real formats (served by
scripts/replay.py), the register, the settings, two reviewers' decisions, and what is to be
found. The same sources always give the same bytes.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from demo_pages.articles import DemoAccount, DemoArticle, Planted, load_accounts
from demo_pages.columns import COLUMNS, column_options, column_page, render_column
from demo_pages.routes import Pages
from demo_pages.sites import list_url, page_url, render_hanweb, render_trs
from demo_pages.wechat import feed_url, native_id, render_wechat
from demo_pages.weibo import mid, render_api, render_desktop, render_weibo

__all__ = ["LOGIN", "identity", "main", "render"]

LOGIN = "TEXTCHECK_DEMO_LOGIN"
"""The variable that stands for the logins of the demonstration; the replay server asks for none."""

_DEMO = Path(__file__).resolve().parent.parent / "corpus" / "demo"
_RENDERERS = {
    "wechat_rss": render_wechat,
    "weibo": render_weibo,
    "trs": render_trs,
    "hanweb": render_hanweb,
    "weibo_pc": render_desktop,
    "weibo_api": render_api,
    **dict.fromkeys(COLUMNS, render_column),
}
_REVIEWERS = ("审核员甲", "审核员乙")
_SETTINGS = """\
# Settings of the demonstration. `make demo` adds crawler.reroute: the address of the replay server.

[store]
url = "sqlite:///out/demo.db"

[review]
confirmations = 2

[scan]
register = "corpus/demo/accounts.toml"
lookback_days = 36500 # the articles keep their dates, however late the demonstration runs
lapsed_days = 0 # likewise

[crawler]
pace = 0.0 # nobody else is on the replay server
timeout = 10.0
"""


def render(articles: Path) -> dict[str, bytes]:
    """Return every rendered file by its path under corpus/demo."""
    accounts = load_accounts(articles)
    pages = Pages()
    for account in accounts:
        if account.source:
            _RENDERERS[account.source["kind"]](account, pages)
    files = {f"pages/{name}": body for name, body in pages.all_files().items()}
    texts = {
        "accounts.toml": _register(accounts),
        "textcheck.toml": _SETTINGS,
        "decisions.tsv": _decisions(accounts),
        "expected.toml": _expected(accounts),
    }
    return files | {name: text.encode() for name, text in texts.items()}


def _register(accounts: Sequence[DemoAccount]) -> str:
    parts = ["# The register of the demonstration; every unit is invented.\n"]
    for account in accounts:
        entry = account.register
        lines = ["[[account]]"]
        lines += [f'{key} = "{entry[key]}"' for key in ("id", "county", "unit", "platform", "name")]
        lines += [f'status = "{entry.get("status", "在运行")}"']
        lines += [f"list_order = {entry['list_order']}"]
        if account.source:
            lines += ["[[account.source]]", f'kind = "{account.source["kind"]}"']
            options = _source_options(account)
            lines += [f'{name} = "{value}"' for name, value in options.items()]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _source_options(account: DemoAccount) -> dict[str, str]:
    kind = account.source["kind"]
    if kind == "wechat_rss":
        return {"feed": feed_url(account)}
    if kind.startswith("weibo"):
        secret = {"weibo_pc": "cookie", "weibo_api": "token"}.get(kind)
        return {"uid": account.source["uid"]} | ({secret: f"env:{LOGIN}"} if secret else {})
    return column_options(account) if kind in COLUMNS else {"list": list_url(account)}


def identity(account: DemoAccount, article: DemoArticle) -> str:
    """Return the article's native id: what its source calls it."""
    kind = account.source["kind"]
    if kind == "wechat_rss":
        return native_id(account, article)
    if kind.startswith("weibo"):
        return mid(article)
    return column_page(account, article) if kind in COLUMNS else page_url(account, article)


def _planted(
    accounts: Sequence[DemoAccount],
) -> Iterator[tuple[DemoAccount, DemoArticle, Planted]]:
    for account in accounts:
        for article in reversed(account.articles):
            for planted in article.planted:
                yield account, article, planted


def _decisions(accounts: Sequence[DemoAccount]) -> str:
    lines = ["reviewer\tdecision\taccount\tnative_id\tquote\treason\tnote"]
    for reviewer in _REVIEWERS:
        for account, article, planted in _planted(accounts):
            if planted.severity != "serious" or reviewer not in (planted.reviewers or _REVIEWERS):
                continue
            quote, right = planted.mark.wrong, planted.mark.right
            native = identity(account, article)
            cells = (reviewer, "confirm", account.id, native, quote, "", f"应为“{right}”")
            lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def _expected(accounts: Sequence[DemoAccount]) -> str:
    parts = ["# What the demonstration must read, and the errors planted in it.\n"]
    for account in accounts:
        for article in reversed(account.articles):
            lines = [
                "[[article]]",
                f'account = "{account.id}"',
                f'key = "{article.key}"',
                f'native_id = "{identity(account, article)}"',
                f"published_on = {article.published_at:%Y-%m-%d}",
                f'kind = "{article.kind}"',
            ]
            for planted in article.planted:
                lines += [
                    "[[article.error]]",
                    f'family = "{planted.family}"',
                    f'slip = "{planted.slip}"',
                    f'severity = "{planted.severity}"',
                    f'wrong = "{planted.mark.wrong}"',
                    f'right = "{planted.mark.right}"',
                ]
            parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _differences(files: dict[str, bytes], folder: Path) -> list[str]:
    there = {
        str(path.relative_to(folder)) for path in (folder / "pages").rglob("*") if path.is_file()
    }
    stale = there - files.keys()
    changed = {
        name
        for name, body in files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != body
    }
    return sorted(stale | changed)


def _write(files: dict[str, bytes], folder: Path) -> None:
    # Pages of articles that are gone must go too.
    shutil.rmtree(folder / "pages", ignore_errors=True)
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)


def main() -> int:
    """Write the files, or compare them; return the exit status."""
    parser = argparse.ArgumentParser(description="render the demonstration's sources")
    parser.add_argument("--check", action="store_true", help="compare only; write nothing")
    parser.add_argument("--demo", type=Path, default=_DEMO, help="the folder that holds articles/")
    settings = parser.parse_args()
    files = render(settings.demo / "articles")
    if not settings.check:
        _write(files, settings.demo)
        return 0
    differing = _differences(files, settings.demo)
    for name in differing:
        print(name)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
