# Everything a person needs. `make up` and `make test` do their own set-up.
SEEDS ?= 2000
SWIFT ?= swift
SOURCES := Package.swift Services Shared Tests

.PHONY: up test sim mutants bench lint format clean setup build release

up: release
	.build/release/caseloop up --replay demo/appeals.jsonl

test: setup lint
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

sim: setup
	$(SWIFT) build -c release --product simulate
	.build/release/simulate $(if $(SEED),--seed $(SEED),--seeds $(SEEDS))

mutants: setup
	Tests/SimulationTests/mutants.sh

bench: release
	.build/release/bench

lint: setup
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)

format: setup
	$(SWIFT) format --in-place --recursive --parallel $(SOURCES)

build: setup
	$(SWIFT) build

release: setup
	$(SWIFT) build -c release

clean:
	rm -rf .build run

setup:
	@.ci/setup
