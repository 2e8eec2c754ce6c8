# Needs make and Python 3.11 or later with its venv module; everything else goes into .venv.
# Another Python: make test PYTHON=/path/to/python3.12

.DEFAULT_GOAL := help
.PHONY: help demo test setup browser fix check gate bench docs clean weights soak fuzz mutants sbom audit

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
FIND_PYTHON := for candidate in python3.13 python3.12 python3.11 python3.14 python3 python; do \
  if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
  then echo "$$candidate"; exit 0; fi; done

help:
	@echo "make demo    install into .venv, read seeds/, show the contradictions of Khawaja Asif"
	@echo "make test    install into .venv, run the whole test suite"
	@echo "make setup   install claimtrack and everything for its development into .venv"
	@echo "make fix     repair formatting, lint, the order of lexicons, docs/cli.md and the man page"
	@echo "make docs    write anew the pages, examples and images that programs make"
	@echo "make check   everything but the tests: format, lint, types, docs, gate, the built wheel"
	@echo "make gate    measured quality must not fall below benchmarks/floors.json"
	@echo "make bench   measure speed and memory"

# A virtual environment, made anew if making it was interrupted.
.venv/made:
	@python="$(PYTHON)"; \
	[ -n "$$python" ] || python=$$($(FIND_PYTHON)); \
	[ -n "$$python" ] || { \
	  echo "error: no Python 3.11 or later with venv found. Install python3 and python3-venv," \
	    "or name one: make PYTHON=/path/to/python3" >&2; exit 3; }; \
	echo "making .venv with $$("$$python" --version)"; \
	"$$python" -m venv --clear .venv
	@touch $@

.venv/installed: .venv/made pyproject.toml
	@echo "installing claimtrack into .venv"
	@$(PIP) install --editable .
	@touch $@

.venv/ready: .venv/made pyproject.toml
	@echo "installing claimtrack and its tests into .venv"
	@$(PIP) install --editable '.[dev]'
	@touch .venv/installed $@

# A fresh store each time, so that the real work is seen.
demo: .venv/installed
	@rm -rf demo
	$(BIN)/claimtrack ingest seeds/ --store demo/claims.json
	$(BIN)/claimtrack contradictions --speaker "Khawaja Asif" --store demo/claims.json

test: .venv/ready
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

# What the tests of the report in a real browser need besides the browser (Debian: chromium).
browser: .venv/ready
	@$(PIP) install --editable '.[dev,browser]'

setup: .venv/ready
	@echo "ready: $(BIN)/claimtrack"

fix: .venv/ready
	$(BIN)/python tests/lexicon_order.py
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/python docs/make_cli.py
	$(BIN)/python docs/make_man.py

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python docs/make_cli.py --check
	$(BIN)/python docs/make_man.py --check
	$(BIN)/python -m benchmarks.gate
	$(BIN)/python tests/smoke.py

gate: .venv/ready
	$(BIN)/python -m benchmarks.gate

bench: .venv/ready
	$(BIN)/python -m benchmarks.speed

# The examples are run by the tests; this writes anew what they show. The report's picture needs Chromium.
# Kills, crowds, full disks, random bytes: writes docs/reliability.md. Less: make soak ARGS="--short".
soak: .venv/ready
	$(BIN)/python -m tests.soak $(ARGS)

# Atheris has no wheels for Windows. Less: make fuzz ARGS="html --runs 1000".
fuzz: .venv/ready
	@$(PIP) install --editable '.[dev,fuzz]'
	$(BIN)/python -m tests.fuzz $(ARGS)

# Small faults put into the comparer and the stores: writes docs/mutation.md. Less: make mutants ARGS="--sample 50".
mutants: .venv/ready
	@$(PIP) install 'mutmut>=3.8'
	$(BIN)/python -m tests.mutation $(ARGS)

# What is installed with claimtrack, as CycloneDX, and what is known against it (asks pypi.org).
sbom: .venv/installed
	@$(PIP) install 'cyclonedx-bom>=5'
	$(BIN)/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible -o sbom.json $(BIN)/python

audit: .venv/installed
	@$(PIP) install 'pip-audit>=2.7'
	$(BIN)/pip-audit --skip-editable

docs: .venv/ready
	$(BIN)/python docs/make_cli.py
	$(BIN)/python docs/make_man.py
	$(BIN)/python docs/make_examples.py
	$(BIN)/python docs/make_images.py

clean:
	rm -rf .venv demo build dist

# Makes claimtrack/weights/*.onnx anew; needs the packages that training/README.md names, and hours.
weights:
	$(TRAINING_PYTHON) -m training.tagger train --gold $(GOLD) --base $(BASE) --run runs/tagger
	$(TRAINING_PYTHON) -m training.tagger train --gold $(GOLD) --base $(BASE) --run runs/tagger-short --epochs 4
	$(TRAINING_PYTHON) -m training.tagger export --base $(BASE) --run runs/tagger --also runs/tagger-short
	$(TRAINING_PYTHON) -m training.comparer train --gold $(GOLD) --base $(BASE) --run runs/comparer
	$(TRAINING_PYTHON) -m training.comparer turned --gold $(GOLD) --base $(BASE) --run runs/comparer
	$(TRAINING_PYTHON) -m training.comparer tune --gold $(GOLD) --base $(BASE) --run runs/comparer
	$(TRAINING_PYTHON) -m training.comparer again --gold $(GOLD) --base $(BASE) --run runs/comparer
	$(TRAINING_PYTHON) -m training.comparer read --gold $(GOLD) --base $(BASE) --run runs/comparer
	$(TRAINING_PYTHON) -m training.comparer more --gold $(GOLD) --base $(BASE) --run runs/comparer
	$(TRAINING_PYTHON) -m training.comparer export --base $(BASE) --run runs/comparer
