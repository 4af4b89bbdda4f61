"""
Hand every parser spoiled input for a while: it must give a value or a typed error, and soon.

    python scripts/fuzz_parsers.py --seconds 600                # all parsers, ten minutes in all
    python scripts/fuzz_parsers.py --seconds 60 --only word     # one of them

A parser is what makes something of bytes that others wrote: the readers of encodings and plain
text, of HTML, Word and PDF; of WeChat's pages and a site's articles; and the lists of each family
of sources. The lists are read by their sources as in a scan, and what they list is fetched, from
hosts that answer everything with the same spoiled bytes. Good input is spoiled byte by byte (cut,
doubled, overwritten, joined with another's) and, where it is JSON or a package, part by part.

The time is shared equally, and `--processes` parsers run at once: the whole takes seconds /
processes. Whatever is not one of our errors, and whatever takes more than two seconds, is a fault:
it is made small, printed with its traceback, and kept in --out; the exit status is 1. A parser that
does not come back is ended with a traceback of where it is.
"""

import argparse
import faulthandler
import logging
import multiprocessing
import sys
import time
import traceback
from pathlib import Path

from fuzzing.parsers import PARSERS, Parser
from fuzzing.spoil import spoiled
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from textcheck.errors import TextcheckError

__all__ = ["Slow", "main", "survive"]

_HANG = 2.0
_LOST = 60  # seconds after which a parser is ended that does not come back
_ROUND = 25  # examples, then the clock is looked at


class Slow(Exception):  # noqa: N818 # a finding, not a failure of this program
    """A parser took longer than it may."""


def survive(parser: Parser, body: bytes, *, hang: float = _HANG) -> None:
    """Hand the bytes to the parser; raise what it must not raise, and Slow."""
    for attempt in parser.tries:
        began = time.process_time()
        try:
            attempt(body)
        except TextcheckError as error:
            if not str(error):
                raise ValueError("an error that says nothing") from error
        if (took := time.process_time() - began) > hang:
            raise Slow(f"{took:.1f} s for {len(body)} bytes")


def fuzz(parser: Parser, seconds: float, first: int, out: Path) -> tuple[int, str]:
    """Try the parser for so long; return how often, and the first fault."""
    ends = time.monotonic() + seconds
    count = 0
    last = b""
    number = first
    while time.monotonic() < ends:

        @seed(number)
        @settings(
            max_examples=_ROUND,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(spoiled(parser.seeds) | st.binary(max_size=2000))
        def tried(body: bytes) -> None:
            nonlocal count, last
            last = body
            count += 1
            faulthandler.dump_traceback_later(_LOST, exit=True)
            survive(parser, body)

        try:
            tried()
        except Exception:  # noqa: BLE001 # any at all is what is looked for
            out.mkdir(parents=True, exist_ok=True)
            kept = out / f"{parser.name.replace(' ', '-')}-{number}.bin"
            kept.write_bytes(last)
            return count, f"{traceback.format_exc()}\n{kept}: {last[:300]!r}"
        finally:
            faulthandler.cancel_dump_traceback_later()
        number += 1
    return count, ""


def _fuzz_named(name: str, seconds: float, first: int, out: Path) -> tuple[str, int, str]:
    logging.disable(logging.CRITICAL)  # readers of others warn of what they are handed
    parser = next(item for item in PARSERS if item.name == name)
    return name, *fuzz(parser, seconds, first, out)


def main() -> int:
    """Fuzz as the command line asks; return the exit status."""
    options = argparse.ArgumentParser(description="hand every parser spoiled input")
    options.add_argument("--seconds", type=float, default=200.0, help="for all parsers together")
    options.add_argument("--processes", type=int, default=1)
    options.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    options.add_argument("--only", action="append", choices=[item.name for item in PARSERS])
    options.add_argument("--out", type=Path, default=Path("out/fuzz"))
    given_ = options.parse_args()
    names = given_.only or [item.name for item in PARSERS]
    each = given_.seconds / len(names)
    print(f"seed {given_.seed}: {len(names)} parsers, {each:.0f} s each", flush=True)
    faults = 0
    with multiprocessing.get_context("spawn").Pool(given_.processes, maxtasksperchild=1) as pool:
        work = [
            pool.apply_async(_fuzz_named, (name, each, given_.seed, given_.out)) for name in names
        ]
        for name, task in zip(names, work, strict=True):
            try:
                _, count, fault = task.get(timeout=given_.seconds + _LOST)
            except multiprocessing.TimeoutError:
                count, fault = 0, f"not back after {_LOST} s: see the traceback above"
            faults += bool(fault)
            print(f"{name}: {count} inputs, {'FAULT' if fault else 'no fault'}", flush=True)
            if fault:
                print(fault, flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
