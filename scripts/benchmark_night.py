"""
Time a night: 1,000 accounts, 5,000 articles, 50 ms between two requests to a host.

    python scripts/benchmark_night.py --accounts 1000            # with the lexicon
    python scripts/benchmark_night.py --accounts 1000 --faults   # one host hangs, one refuses,
                                                                 # one answers garbage

The hosts run in a process of their own. Printed are the time in all, the CPU time of fetch, parse,
store and check, and the peak of memory; `--most-seconds` and `--most-memory` end with status 1
where more was used.
"""

import argparse
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from night_world import accounts, reroute, run_scan

import textcheck.engine.worker
import textcheck.sources.site
import textcheck.sources.site_article
import textcheck.sources.wechat_article
import textcheck.sources.weibo
import textcheck.sources.weibo_article
from textcheck.cli.tools import default_tools
from textcheck.store.connect import Store, open_store

__all__ = ["main"]

_CPU: defaultdict[str, float] = defaultdict(float)
_HANGS, _REFUSES, _GARBAGE = "s0.example.gov.cn", "s1.example.gov.cn", "s2.example.gov.cn"


def main() -> int:
    """Scan the world once and print what it took."""
    parser = argparse.ArgumentParser(description="time a night")
    parser.add_argument("--accounts", type=int, default=1000)
    parser.add_argument("--pace", type=float, default=0.05)
    parser.add_argument("--filler", type=int, default=200_000)
    parser.add_argument("--timeout", type=float, default=5.0)
    parser.add_argument("--model", action="store_true")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--most-seconds", type=float)
    parser.add_argument("--most-memory", type=float, help="megabytes")
    settings = parser.parse_args()
    tools = default_tools(learned=settings.model)
    _measure()
    with (
        _served(settings.accounts, settings.filler) as port,
        tempfile.TemporaryDirectory() as folder,
    ):
        to = reroute(settings.accounts, f"http://127.0.0.1:{port}")
        with closing(open_store(f"sqlite:///{folder}/a.db")) as store, _faults(to, settings):
            began, cpu = time.monotonic(), time.process_time()
            run = run_scan(
                store,
                accounts(settings.accounts),
                to,
                checkers=tools.checkers,
                pace=settings.pace,
                timeout=settings.timeout,
            )
            seconds, used = time.monotonic() - began, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _CPU["fetch"] = used - sum(_CPU.values())
    told = ", ".join(f"{name} {amount:.1f}" for name, amount in sorted(_CPU.items()))
    gaps = sum(bool(item.error or item.failed) for item in run.coverage.values())
    read = f"{run.new_articles} articles of {len(run.coverage)} accounts"
    print(f"{read} in {seconds:.1f} s, {gaps} gaps")
    print(f"CPU seconds: {used:.1f} in all; {told}")
    print(f"peak memory: {memory:.0f} MB")
    slow = settings.most_seconds is not None and seconds > settings.most_seconds
    large = settings.most_memory is not None and memory > settings.most_memory
    return int(slow or large)


def _measure() -> None:
    """Count the CPU time of the stages that do not wait: each is one stretch of the loop."""
    for module, name in (
        (textcheck.sources.wechat_article, "read_wechat"),
        (textcheck.sources.site_article, "read_site_page"),
        (textcheck.sources.site, "trs_links"),
        (textcheck.sources.weibo, "list_posts"),
        (textcheck.sources.weibo_article, "weibo_article"),
    ):
        setattr(module, name, _timed("parse", getattr(module, name)))
    for name in ("check", "look_through"):
        setattr(
            textcheck.engine.worker, name, _timed("check", getattr(textcheck.engine.worker, name))
        )
    for method in ("read", "write"):
        setattr(Store, method, _timed_block("store", getattr(Store, method)))


def _timed(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def timed(*given: Any, **named: Any) -> Any:  # noqa: ANN401 # any function
        began = time.process_time()
        try:
            return function(*given, **named)
        finally:
            _CPU[stage] += time.process_time() - began

    return timed


def _timed_block(stage: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @contextmanager
    def timed(store: Store) -> Iterator[Any]:
        began = time.process_time()
        try:
            with method(store) as connection:
                yield connection
        finally:
            _CPU[stage] += time.process_time() - began

    return timed


@contextmanager
def _served(count: int, filler: int) -> Iterator[int]:
    command = [sys.executable, str(Path(__file__).with_name("night_world.py")), "--serve"]
    command += ["--accounts", str(count), "--filler", str(filler)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603 # beside this
        assert process.stdout is not None  # noqa: S101 # asked for
        yield int(process.stdout.readline())
        process.communicate(b"")


@contextmanager
def _faults(to: dict[str, str], settings: argparse.Namespace) -> Iterator[None]:
    """Let one host take connections and say nothing, one refuse them, one send garbage."""
    if not settings.faults:
        yield
        return
    with socket.socket() as silent, socket.socket() as closed:
        silent.bind(("127.0.0.1", 0))
        silent.listen(64)
        closed.bind(("127.0.0.1", 0))  # not listening
        to[f"http://{_HANGS}"] = f"http://127.0.0.1:{silent.getsockname()[1]}"
        to[f"http://{_REFUSES}"] = f"http://127.0.0.1:{closed.getsockname()[1]}"
        base = to[f"http://{_GARBAGE}"].rpartition("/")[0]
        to[f"http://{_GARBAGE}"] = f"{base}/rss.example.gov.cn/1.xml?"
        yield


if __name__ == "__main__":
    sys.exit(main())
