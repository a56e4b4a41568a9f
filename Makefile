# Two commands on a fresh machine: `make run` and `make test`. The rest is their parts.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build web test check unit fuzz gallery e2e soak bench generate tools clean

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
GO_BUILD := CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)'
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME ?= 5s

help: ## What can be made
	@grep -E '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build ## Build and start the demo on this machine; prints what to open
	./bin/tasuke demo

build: bin/tasuke ## Build the front end and the binary

bin/tasuke: web
	$(GO_BUILD) -o bin/tasuke ./cmd/tasuke

web: web/node_modules/.package-lock.json
	cd web && npm run --silent build

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

test: tools build check unit fuzz gallery e2e ## Install what the tests need and run all of them
	@echo "All tests passed."

tools: ## Install Debian packages that the tests need
	./scripts/install-test-tools

check: web ## Vet, lint, formats, generated files, the front end's own checks
	@test -z "$$(gofmt -l cmd internal web)" || { gofmt -l cmd internal web; echo "gofmt -w these files"; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	./scripts/check-generated
	cd web && npm run --silent check
	cd web && npm run --silent size

unit: web ## Go tests with the race detector
	go test -race -timeout 15m ./...

fuzz: ## Every fuzz target for FUZZTIME
	FUZZTIME=$(FUZZTIME) ./scripts/fuzz

gallery: web ## Every screen in every look, by axe
	cd web && npm run --silent gallery -- axe

e2e: build ## Real browsers against the real binary
	./e2e/run

soak: build ## Twenty minutes of a bad line in real browsers: no wrong alarm, no line of chat lost
	./scripts/install-test-tools
	SOAK_SECONDS=1200 ./e2e/run bin/tasuke 16

bench: build ## The promises, measured: one line of figures each
	./scripts/install-test-tools coturn
	$(GO_BUILD) -o bin/relay-bench ./bench/relay
	$(GO_BUILD) -o bin/scale-bench ./bench/scale
	./bench/run

generate: ## API description and the front end's types, from Go
	go run ./cmd/tasuke openapi > web/openapi.json
	cd web && npm run --silent generate

clean: ## Remove what was built
	rm -rf bin var web/dist/* web/node_modules e2e/node_modules e2e/out
