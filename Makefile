# Two commands do everything on a machine with Python 3.11 or newer: `make figures`, `make test`.
PYTHON ?= python3
CORES ?= all
BIN := .venv/bin

.PHONY: figures report archive test bench tables numbers lock clean

figures: .venv/run.stamp  ## environment from the lock, then all figures at the default scale
	$(BIN)/snakemake --cores $(CORES)

report archive: .venv/run.stamp  ## one HTML file to look at; one zip file to deposit
	$(BIN)/snakemake --cores $(CORES) $@

test: .venv/test.stamp  ## all tests and checks
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

bench: .venv/test.stamp .venv-quspin/stamp  ## speed and memory against peers, in one run
	$(BIN)/python benchmarks/bench.py --quspin .venv-quspin/bin/python
	$(BIN)/python benchmarks/midspectrum.py

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "mbl-figures needs Python 3.11 or newer; name one: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run.stamp: envs/requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r envs/requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/test.stamp: envs/requirements-dev.lock .venv/run.stamp
	$(BIN)/python -m pip install --quiet --require-hashes -r envs/requirements-dev.lock
	touch $@

.venv-quspin/stamp: benchmarks/requirements-quspin.txt
	$(PYTHON) -m venv .venv-quspin
	.venv-quspin/bin/python -m pip install --quiet -r $<
	touch $@

tables: .venv/run.stamp  ## config/README.md as declared
	$(BIN)/python -c 'from pathlib import Path; from mbl.settings.tables import write; write(Path("config/README.md"))'

numbers: .venv/run.stamp  ## numbers of the ledger in the documentation, from results/
	$(BIN)/python -m mbl.papers.documents

lock:  ## resolve envs/*.in anew; needs uv
	cd envs && ./lock.sh

clean:  ## remove the environments; results stay
	rm -rf .venv .venv-quspin
