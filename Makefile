# The commands. `make` alone lists them. Needs Python 3.11 or newer and make, nothing else.

PORT ?= 8000
VENV ?= .venv
BIN := $(VENV)/bin
# Set PYTHON=… to choose another interpreter; otherwise the first fit one found is taken.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
  then echo $$name; break; fi; done)

# The environment is built once for each state of the requirements: its stamp carries their sum.
READY = $(VENV)/.ready-$(shell cat requirements.txt | cksum | tr ' ' '-')
READY_DEV = $(VENV)/.ready-dev-$(shell cat requirements.txt requirements-dev.txt | cksum | tr ' ' '-')

.DEFAULT_GOAL := help
.PHONY: help setup demo run work test check format lint types layers migrations docs coverage \
  race bench sync messages

help:        ## list the commands
	@grep -E '^[a-z]+: .*##' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:[^#]*## /\t/' | awk -F'\t' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: $(READY_DEV)  ## virtual environment, requirements, database, demo data
	@$(BIN)/python manage.py demo --prepare

demo: $(READY)  ## everything from nothing, then the desk on 127.0.0.1:8000 (PORT=…); prints where to sign in
	@exec $(BIN)/python manage.py demo --port $(PORT) $(ARGS)

run: $(READY)  ## development server that reloads (PORT=…)
	@$(BIN)/python manage.py migrate --verbosity 0
	@exec env RECOURSE_DEBUG=1 $(BIN)/python manage.py runserver 127.0.0.1:$(PORT) $(ARGS)

work: $(READY)  ## deliver letters and sweep deadlines, until stopped
	@exec $(BIN)/python manage.py work $(ARGS)

test: $(READY_DEV)  ## pytest on SQLite; PostgreSQL, Redis and a browser join in where they are found
	@$(BIN)/python -m pytest $(ARGS)

check: lint types layers migrations docs  ## everything but the tests: format lint types layers migrations docs

format: $(READY_DEV)  ## ruff format and safe fixes
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: $(READY_DEV)  ## ruff: lint and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY_DEV)  ## mypy
	@$(BIN)/mypy .

layers: $(READY_DEV)  ## import-linter: imports only go down
	@$(BIN)/lint-imports

migrations: $(READY_DEV)  ## a missing migration or a history that forks is an error
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python -m pytest -q tests/rules/test_migrations.py

docs: $(READY_DEV)  ## states.md, law.md, openapi.yaml and translations; fails when they were stale
	@$(BIN)/python manage.py draw_states
	@$(BIN)/python manage.py list_law --write
	@$(BIN)/python manage.py describe_api
	@$(BIN)/python manage.py translate --check

coverage: $(READY_DEV)  ## the tests again with branch coverage; below 95 % is an error
	@$(BIN)/python -m pytest --cov --cov-report=term $(ARGS)

race: $(READY_DEV)  ## start a private PostgreSQL on a socket, press buttons from eight threads, stop it
	@$(BIN)/python -m tests.services $(BIN)/python -m pytest -m race $(ARGS)

bench: $(READY_DEV)  ## requests a second and CPU a request on PostgreSQL (CASES="10000 100000" SECONDS=…)
	@$(BIN)/python -m benchmarks $(if $(CASES),--cases $(CASES)) $(if $(SECONDS),--seconds $(SECONDS)) $(ARGS)

sync: $(READY)  ## groups and permissions from departments.py
	@$(BIN)/python manage.py sync_departments

messages: $(READY_DEV)  ## collect what is to be translated, and compile what was
	@$(BIN)/python manage.py translate

$(READY):
	@$(call build,requirements.txt)

$(READY_DEV):
	@$(call build,requirements-dev.txt)
	@touch $(READY)

# Each failure is one sentence that says what to install.
define build
set -e; python="$(PYTHON)"; \
fit() { "$$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }; \
if ! fit "$$python"; then \
  found=$$("$${python:-python3}" -c 'import sys; print("Python %d.%d" % sys.version_info[:2])' 2>/dev/null) || found="no Python"; \
  echo "Recourse needs Python 3.11 or newer and found $$found: install it (Debian, Ubuntu: apt install python3 python3-venv) or say where it is (make PYTHON=/path/to/python3.12)." >&2; exit 1; fi; \
if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
  echo "This Python cannot make virtual environments: install its venv module (Debian, Ubuntu: apt install python3-venv)." >&2; exit 1; fi; \
if ! fit $(BIN)/python; then \
  echo "Making the environment in $(VENV) with $$python …"; "$$python" -m venv --clear $(VENV); fi; \
echo "Installing what $(1) names (once; about a minute) …"; \
if command -v uv >/dev/null 2>&1; then uv pip install --python $(BIN)/python -r $(1); else \
  $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null; \
  $(BIN)/python -m pip install --disable-pip-version-check -r $(1); fi; \
rm -f $(VENV)/.ready-*; touch $@
endef
