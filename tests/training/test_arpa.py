"""The language model in the form that others read."""

import math
from pathlib import Path

from tests.model.tiny import TEXT
from textcheck.text.alphabet import Alphabet
from textcheck.training.arpa import plain, write_arpa
from textcheck.training.counts import kept_rows, smoothed


def written(folder: Path) -> list[str]:
    """Return the lines of a file made of a few lines, some digits among them."""
    text = "\n" + (TEXT + "共12项。\n") * 20
    alphabet = Alphabet("".join(sorted(set(text) - set("\n12"))))
    rows = smoothed(alphabet.codes(text), len(alphabet))
    path = folder / "tiny.arpa"
    write_arpa(path, alphabet, kept_rows(rows, len(alphabet), 1.0), rows[1])
    return path.read_text(encoding="utf-8").splitlines()


def test_the_head_counts_the_rows(tmp_path: Path) -> None:
    lines = written(tmp_path)
    assert lines[0] == "\\data\\"
    assert lines[-1] == "\\end\\"
    for order in range(1, 6):
        start = lines.index(f"\\{order}-grams:") + 1
        count = next(at for at, line in enumerate(lines[start:]) if not line)
        assert f"ngram {order}={count}" in lines


def test_a_row_has_its_probability_and_its_weight(tmp_path: Path) -> None:
    rows = {line.split("\t")[1]: line.split("\t") for line in written(tmp_path) if "\t" in line}
    assert math.isclose(10 ** float(rows["以 人 民 为 中"][0]), 1.0, abs_tol=0.1)
    assert len(rows["以 人 民 为 中"]) == 2
    assert len(rows["人 民"]) == 3
    assert {"<s>", "</s>", "<unk>", "0", "<s> 坚", "。 </s>", "共 0"} <= set(rows)
    assert float(rows["<s>"][0]) == -99


def test_a_text_is_written_as_the_file_knows_it() -> None:
    assert plain("共12项Ab。") == "共00项aa。"
