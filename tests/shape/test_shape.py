"""The shape of the code: what a reader may rely on without looking."""

import ast
import csv
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from textcheck.checkers import build_checkers
from textcheck.cli.explain import EXPLANATIONS
from textcheck.data import data_dir
from textcheck.lexicon.load import load_lexicon
from textcheck.model.load import load_models

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "textcheck"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 400
# A migration is loaded by Alembic, which looks for its names; __main__ is run, not imported.
NOT_IMPORTED = {"__main__", "migrations"}


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def _importable(path: Path) -> bool:
    """Tell whether a module can be imported here: those that train need torch."""
    needs_torch = re.search(r"^import torch$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return not NOT_IMPORTED & set(path.with_suffix("").parts) and (
        needs_torch is None or find_spec("torch") is not None
    )


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_can_be_read_in_one_go(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if _importable(path)],
    ids=_name,
)
def test_what_is_public_is_listed_and_what_is_listed_exists(path: Path) -> None:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    module = import_module(name)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    listed = set(getattr(module, "__all__", ()))
    assert {name for name in listed if not hasattr(module, name)} == set()
    assert list(getattr(module, "__all__", ())) == sorted(listed, key=_isort_key)
    made_here = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not any(map(_joins_a_group, node.decorator_list))
    }
    public = {name for name in made_here if not name.startswith("_")}
    assert public - listed == set(), "public, but not in __all__"
    assert {name for name in listed if name.startswith("_")} <= {"__version__"}


def _joins_a_group(decorator: ast.expr) -> bool:
    """Tell whether a decorator hands a command to its group: @review.command(...)."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return (
        isinstance(called, ast.Attribute)
        and called.attr == "command"
        and isinstance(called.value, ast.Name)
        and called.value.id != "click"
    )


def _isort_key(name: str) -> tuple[int, str]:
    """Order as ruff orders __all__: CONSTANTS, Classes, functions."""
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2, name)


def _rules() -> list[str]:
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    checkers = build_checkers(lexicon, load_models(data_dir("models")))
    return [rule.code for checker in checkers for rule in checker.rules]


def test_every_rule_is_explained_and_in_the_guide() -> None:
    rules = _rules()
    assert len(set(rules)) == len(rules)
    assert sorted(EXPLANATIONS) == sorted(rules)
    guide = (ROOT / "docs" / "guide.zh.md").read_text(encoding="utf-8")
    assert [code for code in rules if f"| {code} |" not in guide] == []


def test_every_rule_has_a_folder_of_cases_and_every_folder_a_rule() -> None:
    folders = [path.parent.name for path in (ROOT / "tests" / "cases").glob("*/cases.toml")]
    assert sorted(folders) == sorted(_rules())


def test_no_leader_stands_in_the_code() -> None:
    with (data_dir("lexicons") / "persons.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        leaders = [row["name"] for row in rows if row["level"] == "top"]
    assert leaders
    found = [
        (_name(path), leader)
        for path in MODULES
        for leader in leaders
        if leader in path.read_text(encoding="utf-8")
    ]
    assert found == []
