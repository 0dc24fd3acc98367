# SPDX-License-Identifier: BSD-2-Clause-Patent
# Third-party libraries for programs: NAME.ports of a program names recipes of tools/ports. Each is
# fetched once, compiled unpatched for the board, and linked as an archive.

# All values of one key of a recipe. $(1): port, $(2): key
port_value = $(shell awk -v key=$(2) '$$1 == key { $$1 = ""; print }' tools/ports/$(1)/recipe)

ports.used := $(sort $(foreach name,$(deployment.programs),$($(name).ports)))
ports.known := $(patsubst tools/ports/%/recipe,%,$(wildcard tools/ports/*/recipe))
ports.unknown := $(filter-out $(ports.known),$(ports.used))
ifneq ($(ports.unknown),)
$(error there is no port called $(firstword $(ports.unknown)); tools/ports has $(ports.known))
endif

# Like the C library: small, and as its authors ship it, without our warnings.
ports.cflags := $(user.machine) -Os -g -std=gnu11 -fno-common -ffunction-sections -fdata-sections \
	-D__DYNAMIC_REENT__ -w

# $(1): port
define port_rules
$(1).port.folder := build/ports/$(1)
$(1).port.includes := $(patsubst %,-isystem build/ports/$(1)/%,$(call port_value,$(1),include))
$(1).port.archive := $(lib)/ports/$(1)/lib$(1).a
$(1).port.cflags := $(ports.cflags) -ffile-prefix-map="$(CURDIR)/build/ports/$(1)"=$(1) \
	-ffile-prefix-map=build/ports/$(1)=$(1) $(call port_value,$(1),cflags)
$(1).port.objects := $(patsubst %.c,$(lib)/ports/$(1)/%.o,$(call port_value,$(1),source))

$(if $(filter $(mbedtls),build/ports/$(1)),,build/ports/$(1)/.fetched: tools/ports/fetch.sh \
		tools/ports/lib.sh $(wildcard tools/ports/$(1)/*)
	@tools/ports/fetch.sh $(1)
	@touch $$@)

$$(eval $$(call stamp_rule,$(lib)/ports/$(1)/flags,$$($(1).port.cflags) $$(user.headers) \
	$$(target.version)))

$(lib)/ports/$(1)/%.o: build/ports/$(1)/.fetched $(lib)/ports/$(1)/flags $(newlib).stamp
	@mkdir -p $$(@D)
	$$(quiet)$$(target.cc) $$($(1).port.cflags) $$(user.headers) -Ilibc-glue/include \
		$$($(1).port.includes) -c build/ports/$(1)/$$*.c -o $$@

$(lib)/ports/$(1)/lib$(1).a: $$($(1).port.objects)
	$$(call note,port,$$@)
	$$(quiet)rm -f $$@ && $$(cross)ar rcD $$@ $$^
endef

$(foreach port,$(ports.used),$(eval $(call port_rules,$(port))))
port.includes = $(foreach port,$(ports.used),$($(port).port.includes))
