# The two that the README names: `make demo` and `make test`. Every target works on a fresh clone.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

JOBS ?= $(shell nproc)
PRESET ?= release
DEMO_DIR ?= demo-station
ROUNDS ?= 200
CPP := git ls-files -co --exclude-standard 'src/*.h' 'src/*.cpp' 'tests/*.h' 'tests/*.cpp'
CMAKE_FILES := git ls-files -co --exclude-standard '*CMakeLists.txt' 'cmake/*.cmake'
VENV := .venv/bin
# A second clone on the same machine finds what the first one compiled.
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1

.PHONY: help bootstrap bootstrap-test bootstrap-stress configure build binary demo test lint fmt bench stress docs ci install clean

help: ## says what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' Makefile

bootstrap:
	@scripts/bootstrap

bootstrap-test:
	@scripts/bootstrap --test

bootstrap-stress:
	@scripts/bootstrap --stress

configure: bootstrap
	@mkdir -p build
	@cmake --preset $(PRESET) $(if $(shell command -v ccache),-DCMAKE_CXX_COMPILER_LAUNCHER=ccache) >build/configure.log 2>&1 \
	  || { cat build/configure.log >&2; exit 1; }

build: configure ## builds everything, tests too, into build/release
	@cmake --build --preset $(PRESET) -j$(JOBS)

binary: configure
	@cmake --build --preset $(PRESET) -j$(JOBS) --target pluginlake

demo: binary ## makes a station with synthetic patients in demo-station/ and tells its story
	@rm -rf $(DEMO_DIR)
	@build/$(PRESET)/bin/pluginlake demo --dir $(DEMO_DIR)

test: bootstrap-test ## layers, lint, unit, integration on both catalogs, docs; what CI runs
	@$(VENV)/python scripts/check.py all --preset $(PRESET) --jobs $(JOBS)

lint: bootstrap-test configure ## every linter of scripts/check.py
	@$(VENV)/python scripts/check.py layers lint --preset $(PRESET) --jobs $(JOBS)

fmt: bootstrap-test ## formats C++, CMake and Python in place
	@$(CPP) | xargs -r $(VENV)/clang-format -i
	@$(CMAKE_FILES) | xargs -r $(VENV)/gersemi -i
	@$(VENV)/ruff format scripts tests

bench: binary bootstrap-test ## ingest beside dlt, FHIR to OMOP, small assets beside Dagster, vocabularies and views beside DuckDB's own ways
	@$(VENV)/python tests/bench/raw_ingest.py --binary build/$(PRESET)/bin/pluginlake
	@$(VENV)/python tests/bench/main_path.py --binary build/$(PRESET)/bin/pluginlake
	@cmake --build --preset $(PRESET) -j$(JOBS) --target view_bench --target sql_bench --target athena_bundle
	@$(VENV)/python tests/bench/vocab_load.py --binary build/$(PRESET)/bin/pluginlake
	@$(VENV)/python tests/bench/view_run.py --binary build/$(PRESET)/bin/pluginlake

stress: binary bootstrap-stress ## the slow tests: two hundred rounds of edits, kills at random moments, large inputs, fuzzing
	@PLUGINLAKE_ROUNDS=$(ROUNDS) $(VENV)/pytest -q -rP -n 2 --dist load tests/integration/test_incremental.py \
	  -k equals_full --binary build/$(PRESET)/bin/pluginlake
	@$(VENV)/pytest -q tests/stress --binary build/$(PRESET)/bin/pluginlake

docs: bootstrap-test binary ## writes the generated pages of docs/reference and checks all links
	@$(VENV)/python scripts/generate_reference.py --binary build/$(PRESET)/bin/pluginlake
	@$(VENV)/python scripts/check.py docs --preset $(PRESET)

ci: test ## `make test`, then unit and integration tests under asan + ubsan and tsan
	@$(VENV)/python scripts/check.py sanitizers --jobs $(JOBS)

install: build ## PREFIX=DIR: a tree that runs on any Debian 12
	@cmake --install build/$(PRESET) --prefix $(or $(PREFIX),$(error say where: make install PREFIX=DIR))

clean: ## removes what was built; .cache and .venv stay
	@rm -rf build $(DEMO_DIR)
