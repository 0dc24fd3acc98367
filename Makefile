# SPDX-License-Identifier: BSD-2-Clause-Patent
# Gatehouse: everything that you can type. How things are built stands in tools/make/*.mk, which
# only the inner make reads; so `make help` and `make doctor` work on a machine without compilers.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables --no-print-directory
SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := help

BOARD := qemu-virt-aarch64
DEPLOYMENT := thermostat
ONLY :=
SEED :=
CPU :=
V := 0

include tools/make/config.mk

ifdef GATEHOUSE_INNER
include $(addprefix tools/make/,host.mk kernel.mk user.mk image.mk test.mk)
include tests/psl-oracle/oracle.mk ksm/hosts/bare/bare.mk ksm/hosts/lib.mk
else

# The inner make: sets nothing up, builds files. Its variables are those of the command line. It
# uses all cores unless told.
inner = GATEHOUSE_INNER=1 $(MAKE) $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))
setup := PORTS='$(ports.wanted)' tools/setup.sh
# Scripts are no part of this make: they may call make themselves.
script := env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES

.PHONY: help all image run debug sdk test bench doctor lint docs ksm-lib boards deployments
.PHONY: clean host-tests FORCE

help: ## this list
	@sh tools/make/help.sh $(firstword $(MAKEFILE_LIST))

all: ## build the image and the tests of one board
	@$(setup) test $(board)
	+@$(inner) image host-tests

image: ## build the image of one board and deployment
	@$(setup) image $(board)
	+@$(build_image)

run: ## build, then boot in QEMU; lines of standard input are typed into its shell
	@$(setup) run $(board)
	+@$(build_image)
	@$(script) CPU=$(CPU) tools/run.sh $(board) $(image)

debug: ## boot and attach gdb, with the symbols of kernel and processes
	@$(setup) debug $(board)
	+@$(build_image)
	@$(script) CPU=$(CPU) tools/debug.sh $(board) $(image)

sdk: ## write build/sdk: what others need to build programs without this tree
	@$(setup) sdk $(boards)
	+@$(call all_images,thermostat)
	@BOARD='$(boards)' $(script) tools/sdk/make.sh build/sdk

test: ## all tests on all boards; ONLY=glob picks some, BOARD=name one board
	@$(setup) test $(test_boards)
	+@$(inner) host-tests
	+@$(call all_images,thermostat)
	@BOARD='$(test_boards)' ONLY='$(ONLY)' SEED='$(SEED)' $(script) tests/run.sh

test-fresh: ## this README on a Debian without compilers (root only)
	@$(setup) fresh $(board)
	@$(script) tools/fresh.sh

test-prove: ## every state of the model of the message path; the verifier of policies
	@$(setup) prove
	@$(script) tests/prove/campaign.sh

test-%: ## a long campaign: flips, soak, ...
	@$(setup) test $(test_boards)
	@test -x tests/$*/campaign.sh || sh tools/make/unknown.sh campaign $* \
		$(patsubst tests/%/campaign.sh,%,$(wildcard tests/*/campaign.sh)) fresh
	+@$(inner) host-tests
	+@$(call all_images,thermostat)
	@BOARD='$(test_boards)' ONLY='$(ONLY)' SEED='$(SEED)' $(script) tests/$*/campaign.sh

bench: ## measure the figures of the image that `make run` boots
	@$(setup) run $(test_boards)
	+@$(call all_images,$(DEPLOYMENT))
	@BOARD='$(test_boards)' $(script) tests/bench/run.sh

doctor: ## what is missing for what, and the line to type
	@tools/doctor.sh

lint: ## everything about the sources that can be counted
	@$(setup) lint $(boards)
	@$(script) tools/lint.sh

docs: ## write the generated documents anew (docs/*.md)
	@$(script) tools/docs.sh

boards: ## what BOARD= can be
	@sh tools/make/list.sh boards

deployments: ## what DEPLOYMENT= can be; a folder outside the tree works too
	@sh tools/make/list.sh deployments

clean: ## remove build/ (the cache of the C library stays)
	rm -rf --one-file-system build

ksm-lib: ## the monitor as a library for other systems, in build/ksm-lib
	@tools/setup.sh lib
	+@$(inner) ksm-lib

host-tests:
	@$(setup) test $(board)
	+@$(inner) host-tests

build/%: FORCE
	+@$(inner) $@

print-%: FORCE
	+@$(inner) $@

# $(1): deployment, for each board to test
all_images = $(foreach board,$(test_boards),$(inner) BOARD=$(board) DEPLOYMENT=$(1) image &&) true
# A build that fails must not leave an image that somebody boots by hand.
build_image = $(inner) image || { rm -f $(image); exit 1; }

endif
