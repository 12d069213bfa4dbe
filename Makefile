# `make help` says what there is. Everything sets itself up first: git, make, Python 3.11 or later
# and the package index are enough.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo demo-long test e2e check screenshots bench faults lock format

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCHMARKS := $(sort $(basename $(notdir $(wildcard benchmarks/*.py))))
ROOMS_HELD := coaching handlers scheduler storage
ARGS ?=
UV ?= uv

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## Make .venv and install what the lock file pins
	@echo "Ready. Try: make demo"

demo: $(READY) ## Watch a leadership team's weeks go by (ARGS="--help" lists the options)
	@$(BIN)/widelens demo $(ARGS)

demo-long: $(READY) ## Half a year of four teams on every pack, headless; its report ends what it prints
	@$(BIN)/widelens demo --headless --weeks 26 $(ARGS)

# Compiled code is kept, whatever the environment says: else each worker compiles everything anew.
test: $(READY) ## Run the tests, on SQLite and PostgreSQL, and hold their coverage
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -q -n 3 --dist worksteal --ignore=tests/docs \
		-m "not browser and not demo" --cov --cov-report= $(ARGS)
	@$(BIN)/python -m tools.coverage_floor --least 90 $(ROOMS_HELD)

e2e: $(READY) ## The demo, and the sandbox's page in a real browser, as people use them (needs chromium)
	@test -x /usr/bin/chromium || echo "No browser, so most is skipped: apt-get install chromium"
	$(BIN)/pytest -q -n 2 --dist loadscope -m "browser or demo" tests/sandbox/page tests/e2e

check: $(READY) ## Check style, types, who imports whom, and what the docs say
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q tests/docs

screenshots: $(READY) ## Take the README's pictures of the running demo (needs Debian's chromium)
	@$(BIN)/python -m tools.screenshots

faults: $(READY) ## Kill the bot at random moments of a burst and count what was lost or said twice
	@$(BIN)/python -m tests.faults $(ARGS)

bench: $(READY) ## Measure; each benchmark prints one line of JSON
	@for name in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$name || exit 1; done

format: $(READY) ## Put the code into the one format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(READY) ## Pin the newest versions that pyproject.toml allows (needs uv: UV=/path/to/uv)
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --upgrade --quiet --extra dev --extra postgres \
		--output-file requirements.lock pyproject.toml

$(READY): requirements.lock pyproject.toml tools/set_up.sh
	@sh tools/set_up.sh $(VENV)
	@touch $@
