# The few commands a developer needs. The first use sets up .venv from the locked requirements.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The first interpreter that is new enough; name another with `make PYTHON=... <target>`.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo "$$python"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
WORKERS ?= 2

# uv is quick but reads no pip.conf: where it finds no index, pip does the same work by the same lock.
UV := UV_SYSTEM_CERTS=1 UV_PYTHON=$(BIN)/python $(BIN)/uv --quiet
INSTALL = install() { $(UV) pip install --require-hashes -r "$$1" \
	|| { echo "uv could not install; trying pip"; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	--require-hashes -r "$$1"; }; }; install

.PHONY: help
help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-14s %s\n", $$1, $$2}' Makefile

.PHONY: demo
demo: $(VENV)/.run  ## set up and print the conflict report of the seed article
	@$(BIN)/python -m claims demo

.PHONY: test
test: $(VENV)/.dev $(VENV)/.browser  ## set up and run the tests (all but the slow ones)
	$(PYTEST) -n $(WORKERS) -m "not slow"

.PHONY: test-slow
test-slow: $(VENV)/.dev $(VENV)/.browser  ## run the slow tests, one at a time
	$(PYTEST) -m slow

.PHONY: test-all
test-all: test test-slow  ## run every test

.PHONY: bench
bench: $(VENV)/.dev  ## run the benchmarks and print their figures
	for one in tests/benchmarks/bench_*.py; do \
		name=$$(basename "$$one" .py); echo "== $$name"; \
		$(BIN)/python -m "tests.benchmarks.$$name"; done

.PHONY: lint
lint: $(VENV)/.dev  ## check the rules and the format of the code
	$(BIN)/ruff check
	$(BIN)/ruff format --check

.PHONY: format
format: $(VENV)/.dev  ## mend what ruff can mend by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: types
types: $(VENV)/.dev  ## check the types, tests and migrations too
	$(BIN)/mypy

.PHONY: floors
floors: $(VENV)/.dev  ## check that no room imports upwards or sideways
	$(BIN)/lint-imports --no-cache --no-logo

# The texts that are searched, and the ids of what a file says, are tested with what uses them.
CORE := tests/values tests/analysis tests/store/test_search.py tests/exchange/test_entry.py

.PHONY: coverage-core
coverage-core: $(VENV)/.dev  ## check that the tests of values and analysis take every branch
	$(PYTEST) -n $(WORKERS) -m "not slow" $(CORE) --cov --cov-report=term --cov-fail-under=100

.PHONY: build
build: $(VENV)/.dev  ## build the wheel and the source archive into dist/
	rm -rf dist
	$(UV) build --no-build-isolation --offline

.PHONY: lock
lock: $(VENV)/.uv  ## write the locks anew after a change in pyproject.toml (UPGRADE=1: newest versions)
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

COMPILE = $(UV) pip compile --universal --generate-hashes --no-header $(if $(UPGRADE),--upgrade)

.PHONY: clean
clean:  ## remove the environment, builds, caches and results
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache
	find claims tests alembic -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up: each stamp says that the step before it came to its end ----------------------------

$(VENV)/.made:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo \
		"claims needs Python 3.11 or later, found $(or $(PYTHON),none); install one," \
		"or name it: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual" \
		"environments; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "setting up $(VENV)"
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(VENV)/.uv: $(VENV)/.made requirements-dev.txt
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.txt > $(VENV)/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.txt
	@touch $@

$(VENV)/.run: $(VENV)/.uv requirements.txt
	@$(INSTALL) requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt pyproject.toml
	@$(INSTALL) requirements-dev.txt
	@$(UV) pip install --offline --no-deps --no-build-isolation --editable .
	@touch $@

# The pages are tested in a real browser: one that is there, else Debian's, else Playwright's own.
$(VENV)/.browser: $(VENV)/.dev
	@if [ -n "$${CLAIMS_TEST_CHROMIUM:-}" ] || command -v chromium >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then echo "installing Chromium"; \
		{ apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1 \
		|| { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; }; } \
		>/dev/null; \
	else $(BIN)/python -m playwright install --with-deps chromium; fi
	@touch $@
