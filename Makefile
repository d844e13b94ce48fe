# Samsyn: `make demo` to try it, `make test` to check it. Everything else: CONTRIBUTING.md
PY := .venv/bin/python
RUN := .venv/bin/samsyn
ARGS ?=

.PHONY: demo setup dev test check fix journeys torture bench golden shots messages assets pg lock

.venv/demo: requirements/base.txt requirements/uv.txt pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	test -f .venv/dev || .venv/bin/uv pip sync --quiet --require-hashes requirements/base.txt requirements/uv.txt
	.venv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/dev: requirements/dev.txt requirements/uv.txt pyproject.toml
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	.venv/bin/uv pip sync --quiet --require-hashes requirements/dev.txt requirements/uv.txt
	.venv/bin/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@ .venv/demo

setup: .venv/dev

demo: .venv/demo
	$(PY) -m samsyn.config.messages
	$(RUN) demo $(ARGS)

dev: .venv/dev
	$(PY) -m samsyn.config.messages
	$(RUN) migrate --verbosity 0
	$(RUN) runserver

test: .venv/dev
	bash scripts/test.sh $(APP)

check: .venv/dev
	bash scripts/check.sh

fix: .venv/dev
	.venv/bin/ruff check --fix --quiet .
	.venv/bin/ruff format --quiet .

journeys: .venv/dev
	$(PY) -m samsyn.config.messages
	bash scripts/journeys.sh

torture: .venv/dev
	SAMSYN_TORTURE=$${SAMSYN_TORTURE:-10} .venv/bin/pytest -n 2 tests/torture

bench: .venv/dev
	for each in bench/*.py; do $(PY) $$each; done

golden: .venv/dev
	SAMSYN_GOLDEN=write PYTHONPATH=src .venv/bin/pytest -q tests/records/test_golden.py

shots: .venv/dev
	$(PY) scripts/shots.py

messages: .venv/dev
	$(PY) scripts/messages.py

assets:
	bash scripts/assets.sh

pg:
	bash scripts/postgres.sh

lock: .venv/dev
	.venv/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/base.txt
	.venv/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev -c requirements/base.txt pyproject.toml -o requirements/dev.txt
	echo uv | .venv/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url --no-header - -o requirements/uv.txt
