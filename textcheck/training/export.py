"""
From the trained net to the two graphs of textcheck/model/detector.py, in eight bits.

`reader.onnx` reads a text; `naming.onnx` says which characters should stand in the few places that
the reader doubts.
"""

import warnings
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from textcheck.model.features import CODES, FEATURES
from textcheck.training.net import Detector, Shape

__all__ = ["NAMING", "READER", "read_checkpoint", "write_graphs"]

READER, NAMING = "reader.onnx", "naming.onnx"
_OPSET = 17
_QUANTIZED = ("MatMul", "Gather")
# With seven bits of the eight no processor's product of bytes can overflow: those without VNNI add
# two in sixteen bits. So every machine finds the same; what is lost is told in TRAINING.md.
_SEVEN_BITS = True


class _Reader(nn.Module):
    """Scores of each character in one array (keep, wrong, extra, before, swap), and its state."""

    def __init__(self, net: Detector) -> None:
        super().__init__()
        self.net = net

    def forward(self, codes: Tensor, features: Tensor, told: Tensor) -> tuple[Tensor, Tensor]:
        verdict = self.net(codes, features, told)
        gaps = torch.stack([verdict.before, verdict.swap], dim=-1)
        return torch.cat([verdict.state, gaps], dim=-1), verdict.hidden


class _Naming(nn.Module):
    """Scores of all characters in places, to replace and to put in before."""

    def __init__(self, net: Detector) -> None:
        super().__init__()
        self.net = net

    def forward(self, hidden: Tensor, named: Tensor) -> tuple[Tensor, Tensor]:
        return self.net.replacement(hidden, named), self.net.insertion(hidden, named)


def read_checkpoint(path: Path) -> tuple[Detector, int]:
    """Return the net of a checkpoint, and how many tokens it has seen."""
    state = torch.load(path, weights_only=True)
    net = Detector(Shape(**state["shape"]))
    net.load_state_dict(state["net"])
    done: int = state["done"]
    return net.eval(), done


def write_graphs(net: Detector, folder: Path, *, quantized: bool = True) -> None:
    """Write the two graphs into a folder, in eight bits or as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    codes, told = torch.full((1, 8), 6), torch.full((1, 8, CODES), 6)
    hidden = torch.zeros(3, net.shape.hidden)
    with TemporaryDirectory() as work:
        for name, module, inputs, taken, given in (
            (
                READER, _Reader(net), (codes, torch.zeros(1, 8, FEATURES), told),
                ("codes", "features", "told"), ("scores", "hidden"),
            ),
            (
                NAMING, _Naming(net), (hidden, told[0, :3]),
                ("hidden", "named"), ("replacement", "insertion"),
            ),
        ):  # fmt: skip
            plain = Path(work) / name
            _traced(module, inputs, (taken, given), plain)
            if quantized:
                quantize_dynamic(
                    plain, folder / name, op_types_to_quantize=list(_QUANTIZED), per_channel=True,
                    weight_type=QuantType.QInt8, reduce_range=_SEVEN_BITS,
                )  # fmt: skip
            else:
                (folder / name).write_bytes(plain.read_bytes())
            _tidied(folder / name)


def _traced(
    module: nn.Module,
    inputs: tuple[Tensor, ...],
    names: tuple[Sequence[str], Sequence[str]],
    path: Path,
) -> None:
    """Write a graph that takes any number of rows, and texts of any length."""
    free = {0: "texts", 1: "length"} if names[0][0] == "codes" else {0: "places"}
    with warnings.catch_warnings():
        # The newer exporter of torch needs a package more and has no opset below 18.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module, inputs, path, input_names=names[0], output_names=names[1], dynamo=False,
            opset_version=_OPSET, dynamic_axes={name: free for part in names for name in part},
        )  # fmt: skip


def _tidied(path: Path) -> None:
    """Give what lies between the nodes short names: they are half a megabyte otherwise."""
    model = onnx.load(path)
    graph = model.graph
    kept = {value.name for value in (*graph.input, *graph.output)}
    short: dict[str, str] = {"": ""}

    def named(name: str) -> str:
        return name if name in kept else short.setdefault(name, f"t{len(short)}")

    for node in graph.node:
        node.name = ""
        node.input[:] = [named(name) for name in node.input]
        node.output[:] = [named(name) for name in node.output]
    for weight in graph.initializer:
        weight.name = named(weight.name)
    del graph.value_info[:]
    onnx.save(model, path)
