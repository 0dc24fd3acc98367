# SPDX-License-Identifier: BSD-2-Clause-Patent
# Builds a product outside Gatehouse's tree: programs, policy, image. A Makefile sets
#     programs := NAME...   NAME.src := its files, .c .S .cc or .cpp;
#                           or NAME.elf := a file that is linked elsewhere
#     servers := NAME...    servers of the SDK that the product runs (uart console)
#     product := FILE       its policy (product.gate)
#     licence := IDENTIFIER  of the programs whose sources do not name theirs (NAME.licence: of one)
# and includes this file. Goals: image, run, test, clean. BOARD= names the board.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables --no-print-directory
SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := image
V := 0

sdk := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
ifneq ($(words $(sdk) $(CURDIR)),2)
$(error make cannot work in a folder with a blank in its name: '$(sdk)' '$(CURDIR)')
endif

BOARD := qemu-virt-aarch64
sdk.boards := $(patsubst $(sdk)/lib/%/flags.mk,%,$(wildcard $(sdk)/lib/*/flags.mk))
ifeq ($(filter $(BOARD),$(sdk.boards)),)
$(error there is no board '$(BOARD)'; BOARD can be: $(sdk.boards))
endif
include $(sdk)/lib/$(BOARD)/flags.mk
sdk.lib := $(sdk)/lib/$(BOARD)

product ?= product.gate
servers ?= uart console
ifeq ($(wildcard $(product)),)
$(error there is no policy $(product) here; write one: $(sdk)/new policy NAME)
endif

# The servers' own fragments say which files they are made of.
include $(filter-out $(sdk)/servers/init/init.mk,$(wildcard $(sdk)/servers/*/*.mk))
sdk.unknown := $(strip $(foreach name,$(servers),$(if $($(name).src),,$(name))))
ifneq ($(sdk.unknown),)
$(error there is no server called $(firstword $(sdk.unknown)); the SDK has: \
	$(filter-out init,$(notdir $(patsubst %/,%,$(wildcard $(sdk)/servers/*/)))))
endif
sdk.unknown := $(strip $(foreach name,$(programs),$(if $($(name).src)$($(name).elf),,$(name))))
ifneq ($(sdk.unknown),)
$(error nobody says what program $(firstword $(sdk.unknown)) is made of; \
	write: $(firstword $(sdk.unknown)).src := main.c)
endif

out := build/$(BOARD)/product
gen := $(out)/gen
sdk.cc := $(sdk.cross)gcc
sdk.cxx := $(sdk.cross)g++
quiet := $(if $(filter 0,$(V)),@)
note = $(if $(filter 0,$(V)),@printf '  %-8s %s\n' $(1) $(2) >&2)
warnings ?= -Wall -Wextra -Wconversion -Wshadow

# Headers of the SDK give no warnings of theirs. Generated ones are found by "..." only: an interface
# Signal makes a signal.h.
sdk.includes := -nostdinc -isystem $(sdk)/include -isystem $(sdk.lib)/newlib/include \
	$(sdk.headers) -iquote $(gen) -iquote $(sdk)/include/gen/core -iquote $(sdk)
sdk.common := $(sdk.machine) -O2 -g -ffunction-sections -fdata-sections -fno-common \
	-D__DYNAMIC_REENT__ -ffile-prefix-map=$(sdk)=sdk -ffile-prefix-map=$(CURDIR)=.
sdk.cflags = -std=c11 $(sdk.common) $(warnings) $(CFLAGS)
sdk.cxxflags = -std=c++17 -ffreestanding -fno-exceptions -fno-rtti -fno-threadsafe-statics \
	-fno-unwind-tables -fno-asynchronous-unwind-tables -nostdinc++ -I$(sdk)/cxx \
	$(sdk.common) $(warnings) $(sdk.cxx.headers) $(CXXFLAGS)
sdk.ldflags := $(sdk.machine) -nostdlib -nostartfiles -static -Wl,--gc-sections \
	-Wl,--build-id=none -Wl,-z,max-page-size=4096 -Wl,--fatal-warnings -T $(sdk.lib)/program.ld

.PHONY: image run test clean stubs FORCE
image: $(out)/image.bin $(out)/NOTICES.txt
FORCE:

# What everything was built with: another SDK, other flags or other programs build anew.
$(out)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(sdk.cflags) $(sdk.cxxflags) $(servers) $(programs)' \
		"$$(cat $(sdk)/VERSION)" >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# The product's own units stand beside it, those of the servers in the SDK.
sdk.roots := -I $(sdk) -I $(sdk)/servers -I $(patsubst %/,%,$(dir $(product)))
sdk.gate := $(sdk)/bin/gate
$(gen)/.stamp: $(product) $(wildcard $(dir $(product))*.gate) $(out)/flags
	@mkdir -p $(@D)
	$(quiet)rm -rf $(gen) && $(sdk.gate) stubs $(product) $(sdk.roots) --board $(BOARD) \
		-o $(gen) 2>$(out)/stubs.log || { cat $(out)/stubs.log >&2; exit 1; }
	@touch $@
stubs: $(gen)/.stamp

# $(1): program, $(2): where its sources are, $(3): what ends a source, $(4): how it is compiled
define sdk_compile
$(out)/programs/$(1)/%.o: $(2)%.$(3) $(out)/flags $(gen)/.stamp
	@mkdir -p $$(@D)
	$$(quiet)$(4) $$(sdk.includes) -I$(if $(2),$(2:/=),.) -MMD -MP -c $$< -o $$@
endef

# $(1): program, $(2): where its sources are
define sdk_program
$(1).objects := $(patsubst %,$(out)/programs/$(1)/%.o,$(basename $($(1).src)))
$(call sdk_compile,$(1),$(2),c,$$(sdk.cc) $$(sdk.cflags))
$(call sdk_compile,$(1),$(2),S,$$(sdk.cc) $$(sdk.cflags))
$(call sdk_compile,$(1),$(2),cc,$$(sdk.cxx) $$(sdk.cxxflags))
$(call sdk_compile,$(1),$(2),cpp,$$(sdk.cxx) $$(sdk.cxxflags))

$(out)/programs/$(1)/$(1).elf: $$($(1).objects)
	$$(call note,program,$$@)
	$$(quiet)$$(sdk.cc) $$(sdk.ldflags) -Wl,-Map=$$(@:.elf=.map) $$(sdk.lib)/crt0.o \
		$$($(1).objects) $$(sdk.libraries) $$($(1).libs) -o $$@

-include $$($(1).objects:.o=.d)
endef
sdk.libraries := -L$(sdk.lib) -L$(sdk.lib)/newlib/lib -Wl,--start-group -lgatehouse -lgatehouse++ \
	-lksm -lmbedtls -lc -lm -lgcc -Wl,--end-group

$(foreach name,$(servers),$(eval $(call sdk_program,$(name),$(sdk)/servers/$(name)/)))
$(foreach name,$(programs),$(if $($(name).src),$(eval $(call sdk_program,$(name),))))

# A program that another build has linked is taken as it is.
sdk.elf = $(or $($(1).elf),$(out)/programs/$(1)/$(1).elf)
sdk.elves := $(foreach name,$(servers) $(programs),$(call sdk.elf,$(name)))

$(out)/archive.bin $(out)/programs.sha256 &: $(sdk.elves) $(out)/flags
	$(quiet)$(sdk)/bin/mkimage programs -o $(out)/archive.new --digests $(out)/digests.new \
		$(foreach name,$(servers) $(programs),$(name)=$(call sdk.elf,$(name)))
	@mv $(out)/archive.new $(out)/archive.bin && mv $(out)/digests.new $(out)/programs.sha256

$(out)/policy.blob $(out)/system.blob $(out)/names.txt &: $(gen)/.stamp $(out)/programs.sha256
	$(call note,policy,$(out)/policy.blob)
	$(quiet)$(sdk.gate) build $(product) $(sdk.roots) --board $(BOARD) \
		--digests $(out)/programs.sha256 --policy $(out)/policy.blob \
		--system $(out)/system.blob --names $(out)/names.txt

$(out)/image.bin: $(out)/policy.blob $(out)/system.blob $(out)/archive.bin
	$(call note,image,$@)
	$(quiet)mkdir -p $(out)/../kernel && cp -f $(sdk.lib)/kernel.elf $(out)/../kernel/kernel.elf
	$(quiet)$(sdk)/bin/mkimage image -o $@.new --kernel $(sdk.lib)/kernel.bin \
		--kernel-elf $(sdk.lib)/kernel.elf --policy $(out)/policy.blob \
		--system $(out)/system.blob --archive $(out)/archive.bin --init $(sdk.lib)/init.elf
	@mv $@.new $@

# Whose what the image is made of; a source names its licence in its first lines, or NAME.licence,
# or licence for all programs, says it. licences has words LIBRARY=LICENCE.
sdk.table := $(foreach name,crt0.o libgatehouse.a libgatehouse++.a libksm.a,\
	$(sdk.lib)/$(name)==BSD-2-Clause-Patent) $(sdk.lib)/newlib/lib/=newlib libgcc.a=libgcc \
	$(sdk.lib)/libmbedtls.a=mbedtls $(foreach word,$(licences),$(subst =,==,$(word)))
sdk.own = $(foreach name,$(programs),\
	$(addprefix $(name)=,$(firstword $($(name).licence) $(licence))))
sdk.maps := $(sdk.lib)/kernel.linked $(foreach name,$(servers) $(programs),\
	$(name)=$(patsubst %.elf,%,$(call sdk.elf,$(name))).map)
$(out)/NOTICES.txt $(out)/sbom.spdx &: $(out)/image.bin
	$(quiet)SBOM_NAME=$(notdir $(CURDIR))-$(BOARD) SBOM_OWN='$(sdk.own)' \
		SBOM_PLACES='write NAME.licence := 0BSD, or licences := LIBRARY=0BSD' CC=$(sdk.cc) \
		SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(cat $(sdk)/EPOCH)} \
		$(sdk)/tools/ports/sbom.sh $(out)/image.bin '$(sdk.table)' $(sdk.maps) || \
		{ rm -f $<; exit 1; }

run: image
	@$(sdk)/tools/run.sh $(BOARD) $(out)/image.bin

test: image
	@$(sdk)/tools/test.sh $(BOARD) $(out) $(product) $(sdk.roots)

clean:
	rm -rf --one-file-system build
