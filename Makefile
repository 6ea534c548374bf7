# make demo     install, then run the main job on the example reports and print the record
# make test     install with the development tools, then run every test
# make torture  the tests of tests/torture, tests/custody and tests/scale in full (kills, full disks,
#               every bit, a record of 1,000 reports under a flood of 10,000), and every hostile file
#               of dev/torture; then the reading engine and each reader fuzzed for FUZZ=60 seconds,
#               from seeds made by each format's own tools
# make screens  the pictures of the workbench in docs/screens, made anew
# make lint     style, types and the layers of the architecture
# make eval     precision and recall over our own gold by class, and figures over the evaluation sets, beside the
#               floors of eval/baseline.json
#               EVAL="--sets isaf gva --limit 50" for some of them, EVAL=--pin to raise the floors
# make catalogue  the words of the workbench, from which translations are made
# make bench    speeds and ratios, each file of bench/ in turn; ONLY="reading" for some of them
# make compiled .venv-compiled with the same program, its reading compiled: half the time a report;
#               and a wheel of it in dist, for this version of Python on this kind of machine
# make docs     run the commands in docs/*.md again and write down what they print
# make install  .venv with locked dependencies; afterwards .venv/bin/cenotaph works
# make lock     renew requirements.lock and requirements-dev.lock from pyproject.toml (needs uv)

BENCH ?= ../shared/bench
VENV  ?= .venv
BIN   := $(VENV)/bin
PIP   := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK  := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet

.PHONY: install dev demo test torture fuzz screens catalogue lint eval bench compiled docs lock clean
.DEFAULT_GOAL := install

install: $(VENV)/.installed

dev: $(VENV)/.installed-dev

$(BIN)/python:
	@PYTHON="$(PYTHON)" .ci/venv $(VENV)

$(VENV)/.installed: $(BIN)/python requirements.lock pyproject.toml
	$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src  # else each start compiles anew where Python may write nothing
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

demo: install
	@rm -f demo.db
	$(BIN)/cenotaph init demo.db --country XT --gazetteer examples/gazetteer.csv
	$(BIN)/cenotaph add demo.db --manifest examples/manifest.jsonl
	$(BIN)/cenotaph claims demo.db
	$(BIN)/cenotaph incidents demo.db
	$(BIN)/cenotaph totals demo.db --by admin1
	$(BIN)/cenotaph findings demo.db
	@echo
	@echo "To read, decide, map and publish this record in the browser:"
	@echo "    $(BIN)/cenotaph serve demo.db --open"

test: dev
	@.ci/browser
	@.ci/compiler $(BIN)/python
	$(BIN)/python -m pytest

torture: dev
	CENOTAPH_TORTURE=full $(BIN)/python -m pytest tests/torture tests/custody tests/scale
	$(BIN)/python dev/torture/inputs.py
	$(MAKE) fuzz

FUZZER := $(VENV)-fuzz
FUZZ   ?= 60
KINDS  ?= reading text page pdf warc feed lines json table telegram mail zip tar packed

$(FUZZER)/.installed: dev/torture/fuzz.lock
	$(PIP) install --require-hashes --only-binary :all: --no-deps --target $(FUZZER) -r dev/torture/fuzz.lock
	@touch $@

# What the fuzzer finds worth keeping stays in $(FUZZER)/found, and is begun with the next time.
fuzz: dev $(FUZZER)/.installed
	@$(BIN)/python dev/torture/seeds.py $(FUZZER)/seeds
	@for kind in $(KINDS); do \
	  mkdir -p $(FUZZER)/found/$$kind; \
	  PYTHONPATH=$(FUZZER) $(BIN)/python dev/torture/fuzz.py $$kind -max_total_time=$(FUZZ) -timeout=20 \
	    -rss_limit_mb=1500 -artifact_prefix=$(FUZZER)/ $$(test $$kind != reading || echo -dict=$(FUZZER)/seeds/reading.dict) \
	    $(FUZZER)/found/$$kind $(FUZZER)/seeds/$$kind || exit 1; done

screens: dev
	@.ci/browser
	SCREENS=yes $(BIN)/python -m pytest tests/web/test_browser.py -k pictured

catalogue: install
	$(BIN)/python scripts/catalogue.py

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: install
	$(BIN)/python eval/reading.py
	$(BIN)/python eval/run.py --bench $(BENCH) --program $(BIN)/cenotaph $(EVAL)

PEER := $(VENV)-peer
ONLY ?= $(basename $(notdir $(wildcard bench/*.py)))

$(PEER)/.installed: bench/peer.lock
	@PYTHON="$(PYTHON)" .ci/venv $(PEER)
	$(PEER)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --only-binary :all: -r bench/peer.lock
	@touch $@

bench: dev $(PEER)/.installed
	@for name in $(ONLY); do \
	  $(BIN)/python bench/$$name.py --bench $(BENCH) --peer $(PEER)/bin/python || exit 1; done

COMPILED := $(VENV)-compiled

compiled: dev
	$(BIN)/python scripts/compile.py --wheel dist
	@test -x $(COMPILED)/bin/python || PYTHON=$(BIN)/python .ci/venv $(COMPILED)
	@$(COMPILED)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --only-binary :all: -r requirements.lock
	@$(COMPILED)/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --force-reinstall dist/cenotaph-*-cp*.whl
	@echo "The compiled program is $(COMPILED)/bin/cenotaph"

docs: install
	$(BIN)/python docs/tables.py
	$(BIN)/python docs/console.py README.md docs/cli.md docs/methodology.md

lock:
	$(LOCK) --group build --output-file requirements.lock
	$(LOCK) --group build --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) $(COMPILED) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
