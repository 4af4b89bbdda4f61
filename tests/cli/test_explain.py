import pytest
from click.testing import CliRunner

from textcheck.cli.explain import EXPLANATIONS
from textcheck.cli.main import program
from textcheck.cli.tools import default_tools


@pytest.fixture(scope="module")
def codes() -> set[str]:
    return {rule.code for checker in default_tools().checkers for rule in checker.rules}


def test_every_rule_that_runs_is_explained_and_no_other(codes: set[str]) -> None:
    assert set(EXPLANATIONS) == codes


def test_the_list_holds_every_rule(codes: set[str]) -> None:
    listed = CliRunner().invoke(program, ["explain"]).stdout.splitlines()

    assert {line.split()[0] for line in listed} == codes
