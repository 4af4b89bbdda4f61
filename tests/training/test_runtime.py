"""The shipped graphs at work: the same findings whatever is read beside a text, and by how many."""

import shutil
from pathlib import Path

import pytest
import torch

from tests.model.tiny import write_plain_judge
from textcheck.errors import ConfigError
from textcheck.model.decoded import PLAIN
from textcheck.model.detector import OnnxNet
from textcheck.model.load import Stage, load_models, stage_of
from textcheck.model.proofread import Proofreader
from textcheck.model.proposals import Kind
from textcheck.text.language import LanguageModel
from textcheck.training.export import write_graphs
from textcheck.training.net import Detector, Shape

TEXT = "要坚持以民人为忠心，加强基层治理。\n要坚持以人民为心。\n会议强调推动功作落实，加强协调。\n"
THRESHOLD = "ordinary = 0.9\nhint = 0.5\nscores = [0.1, 1.0]\nconfidences = [0.2, 0.8]\n"
WEIGHTS = f"weights = {[*PLAIN[Kind.WRONG]]}\n"


@pytest.fixture(scope="module")
def models(language: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of models with a tiny detector of random weights."""
    folder = tmp_path_factory.mktemp("models")
    shutil.copytree(language, folder / "language")
    write_plain_judge(folder / "language")
    write_thresholds(folder / "language", THRESHOLD)
    torch.manual_seed(2)
    codes = len(LanguageModel(language, compiled=False).alphabet)
    net = Detector(Shape(codes=codes, layers=2, hidden=32, heads=4, inner=64)).eval()
    torch.nn.init.zeros_(net.state.bias)
    write_graphs(net, folder / "detector")
    write_thresholds(folder / "detector", THRESHOLD + WEIGHTS)
    return folder


def write_thresholds(folder: Path, row: str) -> None:
    """Write the same thresholds for every kind."""
    told = "".join(f"[{kind}]\n{row}" for kind in Kind)
    (folder / "thresholds.toml").write_text(told, encoding="utf-8")


def test_the_detector_takes_part_where_it_can_be_used(models: Path, tmp_path: Path) -> None:
    assert stage_of(models) is Stage.DETECTOR
    assert stage_of(tmp_path) is Stage.JUDGE
    found = load_models(models, compiled=False).proofreader.proposals(TEXT)
    assert found
    assert all(len(one.signals) == len(PLAIN[one.kind]) - 1 for one in found)


def test_any_company_and_any_number_of_threads_find_the_same(models: Path) -> None:
    net = OnnxNet(models / "detector")
    article = TEXT + "会议部署重点工作。\n" * 20

    def found(text: str, threads: int) -> list[str]:
        proofreader = Proofreader(
            models / "language", compiled=False, net=net, gate=0.0, threads=threads
        )
        return [repr(one) for one in proofreader.proposals(text, article)]

    alone = found(TEXT, 1)
    assert alone
    assert found(TEXT, 2) == alone
    assert found(article, 3)[: len(alone)] == alone


def test_graphs_that_were_kept_find_the_same_and_damaged_ones_are_made_anew(
    models: Path, tmp_path: Path
) -> None:
    kept, file = tmp_path / "kept", tmp_path / "file"
    file.touch()

    def found(*caches: Path) -> list[str]:
        reader = load_models(models, caches, compiled=False).proofreader
        return [repr(one) for one in reader.proposals(TEXT)]

    plain = found()
    assert plain
    assert found(kept) == plain
    graphs = sorted(kept.glob("*.graph"))
    assert len(graphs) == 2
    assert found(kept) == plain
    whole = graphs[0].read_bytes()
    graphs[0].write_bytes(whole[:-70] + b"nothing" + whole[-63:])
    assert found(kept) == plain
    assert graphs[0].read_bytes() == whole
    assert found(file / "no folder") == plain


def test_a_missing_graph_is_told_at_once(models: Path, tmp_path: Path) -> None:
    lacking = tmp_path / "models"
    shutil.copytree(models, lacking)
    (lacking / "detector" / "naming.onnx").unlink()
    with pytest.raises(ConfigError, match=r"naming\.onnx"):
        load_models(lacking)


def test_thresholds_of_another_program_are_refused(models: Path, tmp_path: Path) -> None:
    other = tmp_path / "models"
    shutil.copytree(models, other)
    write_thresholds(other / "detector", THRESHOLD + "weights = [0.0, 1.0]\n")
    with pytest.raises(ConfigError, match="2 weights; this program takes 12"):
        load_models(other)


def test_a_broken_graph_is_refused(models: Path, tmp_path: Path) -> None:
    broken = tmp_path / "models"
    shutil.copytree(models, broken)
    (broken / "detector" / "naming.onnx").write_bytes(b"nothing")
    with pytest.raises(ConfigError, match=r"naming\.onnx"):
        load_models(broken, compiled=False).proofreader.proposals(TEXT)
