"""How much of the learned stage there is."""

from pathlib import Path

import pytest

from textcheck.model import load
from textcheck.model.load import Stage, stage_of


@pytest.mark.parametrize(
    ("shipped", "installed", "stage"),
    [
        (False, False, Stage.JUDGE),
        (False, True, Stage.JUDGE),
        (True, False, Stage.NO_RUNTIME),
        (True, True, Stage.DETECTOR),
    ],
)
def test_the_detector_needs_its_files_and_what_runs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, shipped: bool, installed: bool, stage: Stage
) -> None:
    if shipped:
        (tmp_path / "detector").mkdir()
        (tmp_path / "detector" / "reader.onnx").touch()
    monkeypatch.setattr(load, "find_spec", lambda _: object() if installed else None)
    assert stage_of(tmp_path) is stage
