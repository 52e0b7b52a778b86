# Everything a person needs. `make up` and `make test` do their own set-up.
SEEDS ?= 2000
ROUNDS ?= 3
REPORTS ?= 4326
RATE ?= 40
SWIFT ?= swift
TESTS := .build/debug/caseloopPackageTests.xctest --testing-library swift-testing
SOURCES := Package.swift Services Shared Tests

.PHONY: up test test-faults test-pages faults sim mutants oracle bench soak lint format clean setup build release

up: release
	.build/release/caseloop up --demo demo --after demo/appeals.jsonl --partitions 4

# In groups: tests that wait (for an answer, a broker, a process) must not starve behind those that keep every core busy.
EDGES := ^(IntakeTests|FeedbackTests|ServiceKitTests|ToolTests)\.
STORES := ^(CaseLogTests|ConsoleTests)\.
BROKER := ^(KafkaTests|ContractTests)\.
FAULTS := ^FaultTests\.
PAGES := ^(IntegrationTests|BrowserTests)\.
PROCESSES := $(FAULTS)|$(PAGES)

# What tests leave goes into a folder of its own, which is kept when something fails.
test: setup lint
	$(eval export TMPDIR := $(shell mktemp -d -t caseloop-test.XXXXXX))
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip '$(EDGES)|$(STORES)|$(BROKER)|$(PROCESSES)|^SimulationTests\.'
	$(SWIFT) test --skip-build --filter '$(EDGES)'
	$(SWIFT) test --skip-build --filter '$(STORES)'
	$(SWIFT) test --skip-build --filter '$(BROKER)'
	$(SWIFT) test --skip-build --filter '^SimulationTests\.'
	+$(MAKE) --jobs=2 --output-sync=target test-faults test-pages
	rm -rf "$(TMPDIR)"

# Whole stacks, one after the other in each of two lanes: they wait more than they compute. The tests' program itself is run,
# because two of the package manager cannot be at work in one folder.
test-faults:
	$(TESTS) --no-parallel --filter '$(FAULTS)'

test-pages:
	$(TESTS) --no-parallel --filter '$(PAGES)'

# Faults done to real processes of the release build, ROUNDS kills of each service among them.
faults: release
	CASELOOP_FAULT_ROUNDS=$(ROUNDS) CASELOOP_FAULT_REPORTS=$(REPORTS) CASELOOP_FAULT_RATE=$(RATE) \
		CASELOOP_TEST_PROGRAMS=.build/release $(SWIFT) test --no-parallel --filter '^FaultTests\.'

sim: setup
	$(SWIFT) build -c release --product simulate
	.build/release/simulate $(if $(filter real,$(WORLD)),--real) \
		$(if $(COMMANDS),--commands $(COMMANDS),$(if $(SEED),--seed $(SEED),--seeds $(SEEDS)))

mutants: setup
	Tests/SimulationTests/mutants.sh
	Tests/SimulationTests/rule-mutants.sh

# Every minute of two years against the walk of DeadlineOracleTests; make test takes every sixty-first.
oracle: setup
	CASELOOP_ORACLE=all $(SWIFT) test --filter DeadlineOracle

bench: release
	.build/release/bench $(BENCH)

# The peak of a city, 20 reports a second, held for MINUTES: memory, store sizes, lag, and the audit at the end.
soak: release
	.build/release/bench soak

lint: setup
	$(SWIFT) format lint --strict --recursive --parallel $(SOURCES)
	@docker/check

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
