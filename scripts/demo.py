"""
Run the main job on invented accounts: scan, review, list; no network but loopback.

A replay server gives the saved pages of corpus/demo in the platforms' real formats. The
nightly scan reads them into out/demo.db, two reviewers' decisions are taken from a file, and the
list of the quarter is written to out/. A second run on the same day reads nothing again.

Run: python scripts/demo.py
"""

import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path

from build_demo import LOGIN
from replay import Replay

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "corpus" / "demo"
OUT = ROOT / "out"
PERIOD = ("--quarter", "2026Q3", "--from", "2026-07-01", "--to", "2026-10-10")
REFUSED = 2  # exit status of a command that could not do all of its work


def textcheck(*arguments: str) -> int:
    """Run the program as its users do, print the command, return its exit status."""
    print(f"\n$ textcheck {' '.join(arguments)}", flush=True)
    command = [sys.executable, "-m", "textcheck", *arguments]
    environment = os.environ | {LOGIN: "demo"}
    done = subprocess.run(command, cwd=ROOT, check=False, env=environment)  # noqa: S603 # our own program
    return done.returncode


def settings(reroute: dict[str, str]) -> Path:
    """Write the demonstration's settings with the address of the replay server."""
    path = OUT / "textcheck.toml"
    lines = [f'"{origin}" = "{base}"' for origin, base in sorted(reroute.items())]
    text = (DEMO / "textcheck.toml").read_text(encoding="utf-8")
    path.write_text(text + "\n[crawler.reroute]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    tomllib.loads(path.read_text(encoding="utf-8"))
    return path


def main() -> int:
    """Scan, review, list; return 0 where each step did its work."""
    began = time.monotonic()
    OUT.mkdir(exist_ok=True)
    print("演示：全部单位、账号、文章均为虚构；页面由本机回放服务器按各平台的真实格式提供。")
    with Replay(DEMO / "pages") as replay:
        config = str(settings(replay.reroute()))
        # Exit status 1 says that serious findings wait for review: the planted ones.
        if textcheck("scan", "--config", config, "--manifest", str(OUT / "run.json")) == REFUSED:
            return REFUSED
        asked = sum(replay.counts.values())
    print(f"\n回放服务器收到 {asked} 次请求。")
    print("以下复核结论取自文件 corpus/demo/decisions.tsv：两名审核员（虚构）对每处问题的决定。")
    if textcheck("review", "apply", str(DEMO / "decisions.tsv"), "--config", config):
        return REFUSED
    if textcheck("report", "list", *PERIOD, "--issue", "--out", str(OUT), "--config", config):
        return REFUSED
    print(f"\n写出的文件（{OUT.name}/）：")
    for path in sorted(OUT.iterdir()):
        print(f"  {path.name}  {path.stat().st_size:,} 字节")
    print(f"用时 {time.monotonic() - began:.1f} 秒。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
