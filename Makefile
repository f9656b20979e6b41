# The two commands: `make ask Q="…"` and `make test`. Each does all its own set-up, in .venv, once.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
Q ?= Why does China support North Korea?

.PHONY: ask chat run test test-all check format schema readme measure evaluate calibrate peers lock clean

ask: $(VENV)/ready
	@$(BIN)/cnk ask "$$Q"
ask: export Q := $(value Q)

chat: $(VENV)/ready
	@$(BIN)/cnk chat

run: $(VENV)/ready
	@$(BIN)/cnk run

check: $(VENV)/ready
	@$(BIN)/cnk check

test: $(VENV)/ready-to-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --cache-dir $(VENV)/mypy
	$(BIN)/cnk check
	$(BIN)/python -m pytest -n auto

test-all:
	@tests/every_python.sh

format: $(VENV)/ready-to-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The published JSON Schemas, from the model.
schema: $(VENV)/ready
	$(BIN)/python -m knowledge.schema docs/schema

# The parts of README.md that are made.
readme: $(VENV)/ready-to-test
	$(BIN)/python -m tests.readme

# Start-up, answer time, memory and size, as the README gives them.
measure: $(VENV)/ready-to-test
	@$(BIN)/python -m tests.measure

# How well questions are answered that the content was not written for; fails below the recorded floors.
evaluate: $(VENV)/ready
	@$(BIN)/python -m tests.evaluate

# The weights of the ranking and of the evidence that an answer needs, and what each threshold costs.
calibrate: $(VENV)/ready
	@$(BIN)/python -m tests.calibrate

# Our retrieval beside that of others, on the same content and questions; tests/peers.py says what to install for it.
peers: $(VENV)/ready
	@$(BIN)/python -m tests.peers

# Renew the pinned requirements from pyproject.toml. No address of an index is written.
UV = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --upgrade pyproject.toml
lock: $(VENV)/ready
	$(BIN)/pip install --quiet uv
	$(UV) --group build --output-file requirements.txt
	$(UV) --group build --group dev --output-file requirements-dev.txt
	$(BIN)/pip uninstall --quiet --yes uv

$(VENV)/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "/cnk needs Python 3.11 or later. Name one: make PYTHON=python3.12 …"; exit 1; }
	@echo "Setting up $(VENV), once…" >&2
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--config-settings editable_mode=compat --editable .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info
