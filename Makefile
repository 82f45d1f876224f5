# Everything sets itself up: Python 3.11, pip and make are all a machine needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LINT := .cache/lint/bin

.PHONY: setup demo test lint interop browser bench mutations clean
setup: $(VENV)/.installed
$(VENV)/.installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --no-compile --editable . --group test
	touch $@

# PACKAGE=FILE.argosmodel translates with a package of yours instead of the bundled one.
demo: setup
	$(BIN)/translate-pipeline run examples/csto-explained.html --to de $(if $(PACKAGE),--package $(PACKAGE))

test: setup
	$(BIN)/python -m pytest

lint: setup .cache/lint/.installed
	$(LINT)/ruff check .
	$(LINT)/ruff format --check .
	$(LINT)/mypy --python-executable $(BIN)/python
	PYTHONPATH=. $(LINT)/lint-imports --no-cache
.cache/lint/.installed: pyproject.toml
	$(PYTHON) -m venv .cache/lint
	$(LINT)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(LINT)/python -m pip install --quiet --group lint
	$(BIN)/python -m pip install --quiet --group types
	touch $@

# Real CAT tools: OmegaT and Symfony from Debian, translate-toolkit from PyPI.
interop: setup
	bash tests/interop/install.sh
	$(BIN)/python -m pip install --quiet --group interop
	$(BIN)/python -m pytest tests/interop/clients.py tests/interop/kits.py tests/terminology/test_exchange.py

# The pages in Debian's Chromium, under axe-core and the Nu checker; books under epubcheck.
browser: setup
	bash tests/browser/setup.sh
	.cache/browser/venv/bin/python -m pytest tests/browser

# Tables with their recipes; ARTICLES=200 for throughput at the size of a morning's work (an hour), and TRANSLATE_PIPELINE_SHARED=DIR for the test material that some need.
ARTICLES ?= 20
bench: setup
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.throughput --articles $(ARTICLES)
	$(BIN)/python -m benchmarks.throughput --articles $(ARTICLES) --package translate_pipeline/packages/translate-en_de-0_3
	$(BIN)/python -m benchmarks.run_share --articles $(ARTICLES)
	$(BIN)/python -m benchmarks.segmentation
	$(BIN)/python -m benchmarks.decoding
	$(BIN)/python -m benchmarks.matching
	$(BIN)/python -m benchmarks.terminology --package translate_pipeline/packages/translate-en_de-0_3
	$(BIN)/python -m benchmarks.checks
	$(BIN)/python -m benchmarks.memory --units 100000
	$(BIN)/python -m benchmarks.publishing
	$(BIN)/python -m benchmarks.foreign --units 10000
	$(BIN)/python -m benchmarks.batches

# Damage to 5,000 files on their way back; ten minutes.
mutations: setup
	$(BIN)/python tests/mutations.py --runs 5000

clean:
	rm -rf $(VENV) .cache build dist
