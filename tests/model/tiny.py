"""A language model of a few lines, made by the code that makes the real one."""

from pathlib import Path

import numpy as np

from textcheck.model.features import FEATURES, FIRST_GAIN, GAINS
from textcheck.text.alphabet import Alphabet
from textcheck.training.candidates import beside, homophones, like
from textcheck.training.counts import kept_rows, smoothed
from textcheck.training.table import write_language

__all__ = ["write_plain_judge", "write_tiny_language"]

TEXT = (
    "坚持以人民为中心的发展思想，推动高质量发展。\n"
    "会议强调，要坚持以人民为中心，加强基层治理。\n"
    "各部门要加强协调，推动工作落实。\n"
    "全市召开推动高质量发展会议，部署重点工作。\n"
)


def write_tiny_language(folder: Path) -> Path:
    """Write a language model that has read TEXT forty times; return its folder."""
    text = "\n" + TEXT * 40
    alphabet = Alphabet("".join([*sorted(set(text) - {"\n"}), "忠", "作", "功", "攻"]))
    rows = smoothed(alphabet.codes(text), len(alphabet))
    write_language(folder, alphabet, kept_rows(rows, len(alphabet), 1.0), rows[1])
    sounds = {"中": "忠", "忠": "中", "工": "功攻", "功": "工攻", "攻": "工功"}
    confused = like(alphabet, rows[1], lambda one: sounds.get(one, ""), lambda _: "", lambda _: "")
    syllable = {"协": "xie", "调": "tiao", "工": "gong", "作": "zuo", "功": "gong"}
    of_code, keys, table = homophones(alphabet, rows[2], ["工作", "协调"], syllable)
    np.save(folder / "like.npy", confused)
    np.save(folder / "beside.npy", beside(alphabet, rows[2]))
    np.save(folder / "syllables.npy", of_code)
    np.save(folder / "sounds.npy", keys)
    np.save(folder / "words.npy", table)
    write_plain_judge(folder)
    return folder


def write_plain_judge(folder: Path) -> Path:
    """Write a net that trusts the evidence: the more an edit gains, the likelier it is."""
    read = ("replace", "leave_out", "insert", "swap")
    first = np.zeros((7, FEATURES, 4), dtype=np.float32)
    for unit, gain in enumerate(read):
        first[3, FIRST_GAIN + GAINS.index(gain), unit] = 1
    second = np.zeros((5, 4, 4), dtype=np.float32)
    second[2] = np.eye(4)
    last = np.zeros((4, 5), dtype=np.float32)
    last[0, 1] = last[1, 2] = last[2, 3] = last[3, 4] = 20
    path = folder / "judge.npz"
    np.savez(
        path,
        first=first.reshape(-1, 4), first_bias=np.full(4, -0.4, dtype=np.float32),
        second=second.reshape(-1, 4), second_bias=np.zeros(4, dtype=np.float32),
        third=np.eye(4, dtype=np.float32), third_bias=np.zeros(4, dtype=np.float32),
        last=last, last_bias=np.array([0, -6, -6, -6, -6], dtype=np.float32),
    )  # fmt: skip
    return path
