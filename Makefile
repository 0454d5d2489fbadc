# affray: `make` lists what there is to do.
#
# The environment lives in .venv and is pinned in two lock files: requirements.lock has what a
# battle needs, requirements-dev.lock has everything. It is made anew only when one of them or
# pyproject.toml changes; after that nothing here uses the network.

PYTHON ?= python3
UV ?= uv
JOBS ?= 2
SEEDS ?= 3

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
PINNED := $(PIP) install --require-hashes --requirement
READY_TO_RUN := .venv/.ready-to-run
READY_TO_WORK := .venv/.ready-to-work

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check lint format types imports bench golden docs validation lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

$(READY_TO_RUN): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "affray needs Python 3.11 or newer, and '$(PYTHON)' is not."; \
	  echo "Name one that is: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' comes without venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Setting up .venv (once, a minute or so) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PINNED) requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_TO_WORK): $(READY_TO_RUN) requirements-dev.lock
	@echo "Adding what tests and checks need ..."
	@$(PINNED) requirements-dev.lock
	@touch $@

setup: $(READY_TO_RUN) ## make .venv with what a battle needs
	@:

setup-dev: $(READY_TO_WORK) ## the same, with everything for tests, checks and benchmarks
	@:

run: setup ## fight the first battle, and draw it
	@$(BIN)/affray run clearing --force --out runs/clearing
	@echo; echo "Pictures of it:"
	@$(BIN)/affray plot runs/clearing
	@echo; echo "As some of those in it tell it (affray tell runs/clearing --chorus for more):"; echo
	@$(BIN)/affray tell runs/clearing --chorus --length 700
	@echo; echo "For the commands above: . .venv/bin/activate"

test: setup-dev ## run the tests (JOBS=2 at a time)
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist loadfile

check: lint types imports test ## lint, types, import contract and tests

lint: setup-dev ## format and lint, changing nothing
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

format: setup-dev ## put the code in the house format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

types: setup-dev ## check the types
	@$(BIN)/mypy

imports: setup-dev ## check who imports whom
	@$(BIN)/lint-imports

bench: setup-dev ## measure speed and memory
	@$(BIN)/python -m bench

golden: setup-dev ## rewrite the golden hashes (say why in the commit)
	@$(BIN)/python -m tests.golden --write

# SHOWN=--shown also fights what README.md shows
docs: setup-dev ## rewrite what docs/ takes from the code
	@$(BIN)/python -m docs.generate $(SHOWN)

validation: setup-dev ## hold the rules against laws and history (SEEDS=3), for docs/validation.md
	@$(BIN)/affray validate --seeds $(SEEDS) --out runs/validation-$(SEEDS)
	@$(BIN)/python -m docs.generate --validation runs/validation-$(SEEDS)

lock: ## resolve the lock files anew (needs uv)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: pip install uv"; exit 1; }
	@$(RESOLVE) --extra plot --extra study --extra bench --extra dev --output-file requirements-dev.lock
	@$(RESOLVE) --extra plot --constraint requirements-dev.lock --output-file requirements.lock

# versions and hashes for every Python at once, and not a word about where they came from
RESOLVE = $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --group build --generate-hashes --no-annotate \
	--custom-compile-command "make lock"

clean: ## remove .venv, caches and build output (recordings stay)
	@rm -rf .venv build dist bench/out .hypothesis .pytest_cache .mypy_cache .ruff_cache \
	  .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
