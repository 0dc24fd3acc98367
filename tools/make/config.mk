# SPDX-License-Identifier: BSD-2-Clause-Patent
# What is built for what: variables of the command line, boards, compilers and their flags.

# Unknown words are typing errors. So is a goal that happens to be the name of a folder.
targets := $(shell sed -n 's/^\([a-z-]*\): .*\#\#.*/\1/p' Makefile)
unknown := $(firstword $(filter-out $(targets) host-tests test-% print-% build/%,$(MAKECMDGOALS)))
ifneq ($(unknown),)
ifndef GATEHOUSE_INNER
$(error $(shell sh tools/make/unknown.sh target '$(unknown)' $(targets) 2>&1))
endif
endif

variables := BOARD DEPLOYMENT ONLY SEED CPU V
given := $(foreach word,$(MAKEOVERRIDES),$(firstword $(subst =, ,$(word))))
unknown := $(firstword $(filter-out $(variables),$(given)))
ifneq ($(unknown),)
$(error $(shell sh tools/make/unknown.sh variable '$(unknown)' $(variables) 2>&1))
endif

include boards/boards.mk
ifeq ($(filter $(BOARD),$(boards)),)
$(error $(shell sh tools/make/unknown.sh board '$(BOARD)' $(boards) 2>&1))
endif
board := $(BOARD)
include boards/$(board).mk
arch := $(board.arch)
# `make test` means every board, unless the command line names one.
test_boards := $(if $(filter BOARD,$(given)),$(board),$(boards))

# A deployment is a folder of deployments/, or a path.
deployment.dir := $(if $(findstring /,$(DEPLOYMENT)),$(DEPLOYMENT:/=),deployments/$(DEPLOYMENT))
# Its folder under build/BOARD. An example may be called like a deployment of the tests.
deployment.name := $(if $(filter %/examples/,$(dir $(deployment.dir))),examples-)$(notdir \
	$(deployment.dir))
# What its programs link of tools/ports; read without make's rules, before anything is built.
ports.wanted := $(shell sed -n 's/^[a-z0-9_-]*\.ports *:= *//p' \
	'$(deployment.dir)/deployment.mk' 2>/dev/null)
deployments := $(patsubst deployments/%/deployment.mk,%,$(wildcard deployments/*/deployment.mk))
ifneq ($(filter all image run debug,$(MAKECMDGOALS)),)
ifeq ($(wildcard $(deployment.dir)/deployment.mk),)
$(error $(shell sh tools/make/unknown.sh deployment '$(DEPLOYMENT)' $(deployments) 2>&1))
endif
endif
ifneq ($(filter kernel lib gen,$(deployment.name)),)
$(error no deployment can be called $(deployment.name): it is a folder of build/$(board))
endif

# Another folder for all output: lint and the tests build there with other flags.
out := $(or $(GATEHOUSE_OUT),build)
out.board := $(out)/$(board)
out.deployment := $(out.board)/$(deployment.name)
image := $(out.deployment)/image.bin
mbedtls := build/ports/mbedtls

# V=1 shows commands; otherwise one line for each thing that is made.
quiet := $(if $(filter 0,$(V)),@)
note = $(if $(filter 0,$(V)),@printf '  %-8s %s\n' $(1) $(2) >&2)

warnings := -Wall -Wextra -Wconversion -Wshadow $(if $(GATEHOUSE_WERROR),-Werror)
# The same bytes wherever the tree stands.
common.cflags := -std=c11 -g -fno-common -ffile-prefix-map="$(CURDIR)"=. $(warnings)

# Compilers. The flags of user.machine are also those of the C library: a change builds it anew.
cross.aarch64 := aarch64-linux-gnu-
cross.armv7a := arm-none-eabi-
target.aarch64 := aarch64-none-elf
target.armv7a := arm-none-eabi

# This GCC is one for Linux: no PIE, no calls into a C library for atomics, not called Linux.
user.machine.aarch64 := -mcpu=cortex-a53 -mfix-cortex-a53-835769 -mfix-cortex-a53-843419 \
	-mno-outline-atomics -fno-pie -fno-pic -fno-stack-protector -U__linux__ -U__linux -Ulinux \
	-U__unix__ -U__unix -Uunix -U__gnu_linux__
# The base of all ARMv7-A boards: Cortex-A8 and A9 have no sdiv, no vfma.
user.machine.armv7a := -march=armv7-a -mfpu=neon -mfloat-abi=hard -mthumb -mtp=cp15 \
	-fno-stack-protector

kernel.machine.aarch64 := -mcpu=cortex-a53 -mcmodel=tiny \
	-mfix-cortex-a53-835769 -mfix-cortex-a53-843419 \
	-mno-outline-atomics -fno-pie -fno-pic -fno-stack-protector -mgeneral-regs-only \
	-fno-asynchronous-unwind-tables
kernel.machine.armv7a := -march=armv7-a -mthumb -fno-stack-protector -mgeneral-regs-only \
	-fno-unwind-tables
# Before its page tables are on, memory is Device memory, where an unaligned access faults.
kernel.early.aarch64 := -mstrict-align
kernel.early.armv7a := -mno-unaligned-access

cross := $(cross.$(arch))
user.machine := $(user.machine.$(arch))
kernel.machine := $(kernel.machine.$(arch))
host.cc := gcc
host.ar := ar
