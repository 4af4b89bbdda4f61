"""The graphs say what the net says, whatever else is read at once."""

from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from textcheck.model.features import CODES, FEATURES
from textcheck.training.export import NAMING, READER, read_checkpoint, write_graphs
from textcheck.training.net import Detector, Shape

SHAPE = Shape(codes=50, layers=2, hidden=32, heads=4, inner=64)


@pytest.fixture(scope="module")
def net() -> Detector:
    """Return a tiny net with random weights, of a size as those of e5 are."""
    torch.manual_seed(1)
    made = Detector(SHAPE)
    torch.nn.init.normal_(made.character.weight, std=0.2)
    torch.nn.init.normal_(made.copying.weight, std=0.2)
    made.eval()
    return made


@pytest.fixture(scope="module")
def graphs(net: Detector, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders of the graphs as they are and in eight bits."""
    made = {name: tmp_path_factory.mktemp(name) for name in ("plain", "eight")}
    write_graphs(net, made["plain"], quantized=False)
    write_graphs(net, made["eight"])
    return made


def read(size: int) -> dict[str, np.ndarray]:
    """Return a text of some length as the reader takes it."""
    rng = np.random.default_rng(size)
    return {
        "codes": rng.integers(6, SHAPE.codes, (1, size)),
        "features": rng.normal(size=(1, size, FEATURES)).astype(np.float32),
        "told": rng.integers(0, SHAPE.codes, (1, size, CODES)),
    }


def run(folder: Path, name: str, given: dict[str, np.ndarray]) -> list[np.ndarray]:
    """Return what a graph makes of its input."""
    session = onnxruntime.InferenceSession(folder / name, providers=["CPUExecutionProvider"])
    found: list[np.ndarray] = session.run(None, given)
    return found


@pytest.mark.parametrize("size", [1, 17, 128])
@pytest.mark.parametrize(("kind", "near"), [("plain", 1e-4), ("eight", 0.25)])
def test_the_reader_says_what_the_net_says(
    net: Detector, graphs: dict[str, Path], size: int, kind: str, near: float
) -> None:
    given = read(size)
    scores, hidden = run(graphs[kind], READER, given)
    with torch.no_grad():
        verdict = net(*map(torch.from_numpy, given.values()))
    assert np.allclose(scores[..., :3], verdict.state.numpy(), atol=near)
    assert np.allclose(scores[..., 3], verdict.before.numpy(), atol=near)
    assert np.allclose(scores[..., 4], verdict.swap.numpy(), atol=near)
    assert np.allclose(hidden, verdict.hidden.numpy(), atol=4 * near)


@pytest.mark.parametrize(("kind", "near"), [("plain", 1e-4), ("eight", 0.25)])
@pytest.mark.parametrize("rows", [1, 5])
def test_the_naming_graph_names_what_the_net_names(
    net: Detector, graphs: dict[str, Path], rows: int, kind: str, near: float
) -> None:
    rng = np.random.default_rng(rows)
    hidden = rng.normal(size=(rows, SHAPE.hidden)).astype(np.float32)
    named = rng.integers(0, SHAPE.codes, (rows, CODES))
    found = run(graphs[kind], NAMING, {"hidden": hidden, "named": named})
    with torch.no_grad():
        for scores, head in zip(found, (net.replacement, net.insertion), strict=True):
            wanted = head(torch.from_numpy(hidden), torch.from_numpy(named)).numpy()
            assert np.allclose(scores, wanted, atol=near)


def test_a_checkpoint_is_read_as_it_was_saved(net: Detector, tmp_path: Path) -> None:
    path = tmp_path / "detector.pt"
    torch.save({"net": net.state_dict(), "shape": asdict(SHAPE), "done": 12}, path)
    again, done = read_checkpoint(path)
    assert done == 12
    assert torch.equal(again.character.weight, net.character.weight)
