# make run    set up, load the shipped corpus, answer a first question, serve until Ctrl-C
# make test   set up, pass every check
# make docs   set up, make the pages of the vocabulary in var/docs
PYTHON ?= python3
VENV := .venv

.PHONY: run test check docs setup lock clean

run: setup
	$(VENV)/bin/cancu load corpus
	$(VENV)/bin/cancu query --name tasks_by_lead_agency
	exec $(VENV)/bin/cancu serve

test: setup
	scripts/check
	scripts/test

check: setup
	scripts/check

docs: setup
	scripts/docs

setup: $(VENV)/ready api/static/vendor/editor.js

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# What the pages run in the browser. Node comes from PyPI into the environment above.
api/static/vendor/editor.js: node_modules/ready $(wildcard browser/*)
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" node browser/bundle.mjs

node_modules/ready: package.json package-lock.json .npmrc | $(VENV)/ready
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm ci --loglevel=error >/dev/null
	touch $@

lock:
	scripts/lock

clean:
	rm -rf $(VENV) var node_modules api/static/vendor tests/clients/node_modules examples/tasks/node_modules
