"""
The graphs of the detector in ONNX Runtime, kept as it has made them faster.

To join the steps of a graph takes it longer than all else when it loads one, so what came of that
is kept between runs; it computes the same, to the last bit.
"""

import hashlib
import platform
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from textcheck.errors import ConfigError
from textcheck.kept import find_arrays, keep_arrays

__all__ = ["load_graph"]

_KEPT = "graph"
"""The ending of the files that are kept."""


def load_graph(path: Path, digest: str = "", caches: Sequence[Path] = ()) -> Any:  # noqa: ANN401 # of a package that may not be there
    """
    Return a graph ready to run, its joined form taken from one of the `caches` or put there.

    `digest` names its content. Raises ConfigError where it cannot be used.
    """
    import onnxruntime  # noqa: PLC0415 # optional, and slow to import

    made = (digest, path.name, onnxruntime.__version__, platform.machine())
    key = hashlib.sha256("\0".join(made).encode()).hexdigest()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors: what it warns of is nothing that users can mend
    if (kept := find_arrays(caches, key, _KEPT)) is not None:
        level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # it is joined already
        options.graph_optimization_level = level
        return _session(path, options, kept["graph"].tobytes())
    if caches:
        with suppress(OSError), TemporaryDirectory() as work:
            options.optimized_model_filepath = str(Path(work) / path.name)
            session = _session(path, options)
            graph = np.fromfile(options.optimized_model_filepath, dtype=np.uint8)
            keep_arrays(caches[::-1], key, _KEPT, {"graph": graph})
            return session
        options.optimized_model_filepath = ""  # nowhere to write: as where nothing is kept
    return _session(path, options)


def _session(path: Path, options: Any, graph: bytes | None = None) -> Any:  # noqa: ANN401 # as above
    import onnxruntime  # noqa: PLC0415 # as above

    try:
        return onnxruntime.InferenceSession(
            graph or path, options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # its own are of half a dozen kinds without a common parent
        raise ConfigError(f"无法使用模型 {path}（{error}）；可加 --no-model 不用模型") from error
