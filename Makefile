# Needs Python 3.11 or newer, git and make; everything else is installed into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lint fmt cases quality quality-update clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "需要 Python 3.11 或更新的版本：make PYTHON=/路径/python3.11 ..." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev,pg,web]'
	@touch $@

demo: .venv/installed ## scan the invented accounts offline and write out/
	$(BIN)/python scripts/demo.py

test: .venv/installed-dev ## install and run all tests, on as many cores as there are
	$(BIN)/python -m pytest -q -n auto --maxprocesses 8 --dist worksteal

lint: .venv/installed-dev ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: .venv/installed-dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

cases: .venv/installed-dev ## rewrite the golden command-line runs; read the diff
	REWRITE_CASES=1 $(BIN)/python -m pytest -q tests/cli

quality: .venv/installed-dev ## precision and recall on corpus/gold, flags on clean text; CLEAN="FILE …" for more
	PYTHONPATH=. $(BIN)/python scripts/quality.py $(addprefix --clean ,$(CLEAN))

quality-update: .venv/installed-dev ## pin what `make quality` measures; never lower
	PYTHONPATH=. $(BIN)/python scripts/quality.py --pin

clean: ## remove what make and the tests write
	rm -rf .venv out dist build .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
