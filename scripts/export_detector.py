"""
Turn a checkpoint of the detector into the files that are shipped.

Writes reader.onnx and naming.onnx (opset 17, eight bits) and says how large they are; the card that
training wrote goes along. With --plain the graphs stay in single precision, to compare.

Run: python scripts/export_detector.py --checkpoint WORK/detector.pt --output models/detector
"""

import argparse
import shutil
from pathlib import Path

from textcheck.training.export import NAMING, READER, read_checkpoint, write_graphs

MOST = 17_000_000  # bytes


def main() -> None:
    """Write the files; fail where they are too large."""
    parser = argparse.ArgumentParser(description="Export the detector")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--plain", action="store_true", help="single precision")
    arguments = parser.parse_args()
    net, tokens = read_checkpoint(arguments.checkpoint)
    write_graphs(net, arguments.output, quantized=not arguments.plain)
    card = arguments.checkpoint.with_name("card.toml")
    if card.exists():
        shutil.copy(card, arguments.output)
    sizes = {name: (arguments.output / name).stat().st_size for name in (READER, NAMING)}
    told = ", ".join(f"{name} {size:,} bytes" for name, size in sizes.items())
    print(f"{tokens / 1e6:.1f} M tokens: {told}")
    if not arguments.plain and sum(sizes.values()) > MOST:
        parser.error(f"more than {MOST:,} bytes together")


if __name__ == "__main__":
    main()
