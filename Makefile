# make run    set up, load the shipped corpus, answer a first question
# make test   set up, pass every check
# make docs   set up, make the pages of the vocabulary in var/docs
PYTHON ?= python3
VENV := .venv

.PHONY: run test check docs setup lock clean

run: setup
	$(VENV)/bin/cancu load corpus
	$(VENV)/bin/cancu query --name tasks_by_lead_agency

test: setup
	scripts/check
	scripts/test

check: setup
	scripts/check

docs: setup
	scripts/docs

setup: $(VENV)/ready

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

lock:
	scripts/lock

clean:
	rm -rf $(VENV) var
