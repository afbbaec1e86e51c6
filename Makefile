# `make demo`: install into a virtual environment of its own, read the example articles, show what was found.
# `make test`: everything CI checks. Both work on a fresh clone and need only Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RECORD := demo/record.db

.PHONY: demo test lint types floors pytest bench docs test-training clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,frames]'
	touch $@

demo: $(VENV)/installed
	mkdir -p demo
	$(BIN)/dateline read examples --into $(RECORD)
	@echo
	$(BIN)/dateline events $(RECORD) --limit 20
	@echo
	$(BIN)/dateline statements $(RECORD) --limit 5
	@echo
	@echo 'The record is $(RECORD). Look further:'
	@echo '  $(BIN)/dateline read examples/2024-11-13-geneva-talks.txt   one article, every fact marked'
	@echo '  $(BIN)/dateline events $(RECORD) "status:planned"           what is announced'
	@echo '  $(BIN)/dateline serve $(RECORD)                           the same as a web page'
	@echo '  $(BIN)/dateline --help'

test: lint types floors pytest bench

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev
	$(BIN)/mypy

floors: $(VENV)/installed-dev
	$(BIN)/lint-imports

pytest: $(VENV)/installed-dev
	$(BIN)/python -m pytest

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.gate

docs: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[docs]'
	$(BIN)/python -m mkdocs build --strict

test-training: $(VENV)/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m pytest tests/training

clean:
	rm -rf $(VENV) demo dist build
