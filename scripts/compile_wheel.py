"""
Compile what can be worked out when the program is installed: indexes of the lexicon, C files.

The indexes go into the wheel, so that no program that was installed need make them. The C files are
compiled where there is a compiler; without it the program does the same, only slower.

Called by hatchling when it builds a wheel; see pyproject.toml.
"""

import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["Compile"]


class Compile(BuildHookInterface):  # type: ignore[misc] # hatchling is here only in builds
    """The step before the files of the wheel are gathered, and the one behind."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the indexes and add them to the wheel; an editable install keeps its own."""
        self._folder = Path(tempfile.mkdtemp())
        self._compile(build_data)
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, self.root)
        from textcheck.lexicon.load import load_lexicon  # noqa: PLC0415 # not to be found before

        load_lexicon(root / "lexicons", root / "models", [self._folder])
        for path in self._folder.iterdir():
            path.chmod(0o644)
            build_data["force_include"][str(path)] = f"textcheck/_data/compiled/{path.name}"

    def _compile(self, build_data: dict[str, Any]) -> None:
        """Compile each C file beside itself; say so where that cannot be done."""
        compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        if compiler is None:
            self.app.display_warning("no C compiler: the program will be slower")
            return
        root = Path(self.root)
        for source in sorted(root.glob("textcheck/*/*.c")):
            library = source.with_suffix(".so")
            command = [compiler, "-O3", "-shared", "-fPIC", "-o", str(library), str(source)]
            try:
                subprocess.run(command, check=True, capture_output=True)  # noqa: S603 # found by name
            except (OSError, subprocess.CalledProcessError) as error:
                self.app.display_warning(f"{source.name} was not compiled: {error}")
                continue
            build_data["artifacts"].append(library.relative_to(root).as_posix())
            build_data["pure_python"] = False
            platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"py3-none-{platform}"  # any Python of this kind of machine

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear up."""
        del version, build_data, artifact_path
        shutil.rmtree(self._folder, ignore_errors=True)
