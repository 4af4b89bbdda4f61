"""
Put the indexes of the lexicon into the wheel, so that no program that was installed need make them.

Called by hatchling when it builds a wheel; see pyproject.toml.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["CompileLexicon"]


class CompileLexicon(BuildHookInterface):  # type: ignore[misc] # hatchling is here only in builds
    """The step before the files of the wheel are gathered, and the one behind."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the indexes and add them to the wheel; an editable install keeps its own."""
        self._folder = Path(tempfile.mkdtemp())
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, self.root)
        from textcheck.lexicon.load import load_lexicon  # noqa: PLC0415 # not to be found before

        load_lexicon(root / "lexicons", root / "models", [self._folder])
        for path in self._folder.iterdir():
            path.chmod(0o644)
            build_data["force_include"][str(path)] = f"textcheck/_data/compiled/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear up."""
        del version, build_data, artifact_path
        shutil.rmtree(self._folder, ignore_errors=True)
