"""Layers of the lexicon in the settings."""

from pathlib import Path

import pytest

from textcheck.config import load_config
from textcheck.errors import ConfigError


def test_layers_lie_beside_the_settings_file(tmp_path: Path) -> None:
    path = tmp_path / "textcheck.toml"
    path.write_text('[lexicon]\nlayers = ["province", "/srv/office"]\n', encoding="utf-8")
    assert load_config(path).lexicon.layers == (str(tmp_path / "province"), "/srv/office")


@pytest.mark.parametrize("value", ['"province"', "[1]", "{}"])
def test_layers_that_are_no_list_of_folders_are_refused(tmp_path: Path, value: str) -> None:
    path = tmp_path / "textcheck.toml"
    path.write_text(f"[lexicon]\nlayers = {value}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"layers：.*应为"):
        load_config(path)
