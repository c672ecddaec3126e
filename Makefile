# What there is to type; the recipes are the installation guide.

VENV    := .venv
BIN     := $(VENV)/bin
WORKERS ?= 2
ARGS    ?=
PYTHON  ?= $(shell for one in python3 python3.13 python3.12 python3.11; do \
	$$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one && break; done)
PIP     := $(BIN)/python -m pip --disable-pip-version-check -qq
COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal \
	--generate-hashes --no-emit-index-url --no-emit-find-links pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help run test check bench chaos demo lock format

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/run.stamp ## start the sample site in sandbox mode on port 8080; nothing leaves the machine
	@$(BIN)/responder serve --sandbox $(ARGS)

test: $(VENV)/dev.stamp ## run every test that needs no account; ARGS="-k name" runs some
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(VENV)/dev.stamp ## format, lint, types, import contracts, dead links, clause map, budgets
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict responder
	$(BIN)/mypy tests hatch_build.py
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q $(addprefix tests/architecture/test_,links.py clauses.py budgets.py)

bench: $(VENV)/dev.stamp ## run the benchmarks; each prints a table and JSON
	@for script in $(filter-out bench/_%,$(wildcard bench/*.py)); do \
		name=$$(basename $$script .py); echo "== $$name"; $(BIN)/python -m bench.$$name || exit 1; done

chaos: $(VENV)/dev.stamp ## kill processes at random instants and see that nothing confirmed is lost
	$(BIN)/pytest -m chaos $(ARGS)

demo: $(VENV)/run.stamp ## tell the whole story on a virtual clock; leaves its papers in demo/
	@$(BIN)/responder demo --out demo

lock: $(VENV)/dev.stamp ## write both lock files anew; ARGS=--upgrade takes newer versions
	$(COMPILE) $(ARGS) --output-file requirements.lock
	$(COMPILE) $(ARGS) --extra dev --constraints requirements.lock --output-file requirements-dev.lock

format: $(VENV)/dev.stamp ## format the code and mend what can be mended by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(BIN)/python:
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 or newer is needed. If it is not on the PATH: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "The venv module does not work; on Debian and Ubuntu install python3-venv." >&2; exit 1; }

$(VENV)/run.stamp: requirements.lock pyproject.toml hatch_build.py | $(BIN)/python
	@echo "Installing into $(VENV) (once; a minute or so) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml hatch_build.py | $(BIN)/python
	@echo "Installing into $(VENV) with the tools for development (once; a minute or so) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --editable .
	@touch $@ $(VENV)/run.stamp
