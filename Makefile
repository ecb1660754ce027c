# `make` without a target lists what there is.
.DEFAULT_GOAL := help
.PHONY: help setup build demo test fuzz lint format dependencies verify generate clean

SWIFT ?= swift
JOBS ?= 2
# Package traits to build and test with; SwiftAPI has a parser of Swift in it, which takes long to build.
TRAITS ?=
DEBUG = -j $(JOBS) $(if $(TRAITS),--traits $(TRAITS))
SAILPLAN = .build/release/sailplan

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the system libraries that the build needs
	@.ci/setup

# A runtime linked in, and addresses fixed when linking, take several milliseconds from every start.
RELEASE = -c release --static-swift-stdlib -Xlinker -no-pie

build: setup ## Build the release binary, .build/release/sailplan
	$(SWIFT) build $(RELEASE) -j $(JOBS) --product sailplan

demo: build ## Render, commit, verify and drift four environments in a temporary repository
	@docs/demo.sh $(SAILPLAN)

test: setup ## Run the whole test suite
	$(SWIFT) build $(DEBUG) --build-tests
	$(SWIFT) test $(if $(TRAITS),--traits $(TRAITS)) --skip-build --parallel

FUZZ = .build/fuzz/release/Fuzz

# The compiler heeds only the last -sanitize of its command line: both are named in one, or coverage is not measured.
# What is found stays in .build/fuzz/found; make it small (-minimize_crash=1) and put it into fixtures/fuzz.
fuzz: ## Feed TARGET (see Tests/FuzzTargets) with random input for SECONDS
	SAILPLAN_FUZZ=1 $(SWIFT) build -c release -j $(JOBS) --scratch-path .build/fuzz \
	  --sanitize fuzzer --sanitize address -Xswiftc -sanitize=fuzzer,address --product Fuzz
	@mkdir -p .build/fuzz/corpus/$(TARGET) .build/fuzz/found
	SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 FUZZ_TARGET=$(TARGET) $(FUZZ) \
	  -max_total_time=$(SECONDS) -timeout=10 -max_len=4096 -artifact_prefix=.build/fuzz/found/$(TARGET)- \
	  .build/fuzz/corpus/$(TARGET) fixtures/fuzz/$(TARGET) $(wildcard fixtures/$(FIXTURES_OF_$(TARGET)))

TARGET ?= yaml
SECONDS ?= 60
# First inputs besides those of fixtures/fuzz.
FIXTURES_OF_yaml = yaml/*
FIXTURES_OF_starlark = starlark
FIXTURES_OF_templates = templating/*
FIXTURES_OF_go = crd/go

lint: ## Check the formatting
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks

format: ## Mend the formatting
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks

dependencies: setup ## Check that every target imports only what it declares
	$(SWIFT) build $(DEBUG) --explicit-target-dependency-import-check error

verify: build ## Verify the sample environments of this repository
	$(SAILPLAN) verify

generate: ## Rewrite the generated files
	.ci/generate

clean: ## Remove what was built
	rm -rf .build
