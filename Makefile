# `make` without a target lists what there is.
.DEFAULT_GOAL := help
.PHONY: help setup build demo test lint format dependencies verify generate clean

SWIFT ?= swift
JOBS ?= 2
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
	$(SWIFT) build -j $(JOBS) --build-tests
	$(SWIFT) test --skip-build --parallel

lint: ## Check the formatting
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks

format: ## Mend the formatting
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks

dependencies: setup ## Check that every target imports only what it declares
	$(SWIFT) build -j $(JOBS) --explicit-target-dependency-import-check error

verify: build ## Verify the sample environments of this repository
	$(SAILPLAN) verify

generate: ## Rewrite the generated files
	.ci/generate

clean: ## Remove what was built
	rm -rf .build
