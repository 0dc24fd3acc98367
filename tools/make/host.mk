# SPDX-License-Identifier: BSD-2-Clause-Patent
# Tools that run here: gate, mkimage, guest. Also the ports' sources, and the stamps of flags.

include ksm/engine/engine.mk ksm/names/names.mk ksm/gate/gate.mk ksm/import/import.mk
include ksm/lsp/lsp.mk
include ksm/hosts/linux/linux.mk
include tools/image/image.mk tools/guest/guest.mk

.PHONY: FORCE
FORCE:

# A stamp holds the flags that a folder was built with; objects depend on it. It changes when they
# do, and when the compiler does. All lines of a recipe are expanded before the first runs, so the
# folder is made in the expansion.
# $(1): stamp, $(2): text
define stamp_rule
$(1): FORCE
	$$(shell mkdir -p $$(@D))$$(file >$$@.new,$(2))
	@cmp -s $$@.new $$@ && rm $$@.new || mv $$@.new $$@
endef

host.version := $(shell $(host.cc) --version 2>&1 | head -n 1)
host.cflags := -O2 $(common.cflags) -D_POSIX_C_SOURCE=200809L
host.includes := -I. -Ikernel/include -iquote $(out)/host/gen/core
mbedtls.includes := -I$(mbedtls)/include -Itools/ports/mbedtls \
	-DMBEDTLS_CONFIG_FILE='"gatehouse_config.h"'
mbedtls.src := $(addprefix $(mbedtls)/library/,sha256.c platform_util.c)
# Third-party code is compiled as its authors ship it, without our warnings.
mbedtls.cflags := $(filter-out $(warnings),$(common.cflags)) -w $(mbedtls.includes)

$(eval $(call stamp_rule,$(out)/host/flags,$(host.cflags) $(host.includes) $(host.version)))

$(mbedtls)/.fetched: tools/ports/fetch.sh tools/ports/mbedtls/recipe
	@tools/ports/fetch.sh mbedtls
	@touch $@

$(mbedtls)/library/%.c: $(mbedtls)/.fetched ;

host.object = $(patsubst %.c,$(out)/host/obj/%.o,$(1))

# mbedTLS has a folder of its own: its objects do not stand below build/ twice.
host.sha256 := $(out)/host/obj/mbedtls/sha256.o $(out)/host/obj/mbedtls/platform_util.o
$(out)/host/obj/mbedtls/%.o: $(mbedtls)/.fetched $(out)/host/flags
	@mkdir -p $(@D)
	$(quiet)$(host.cc) -O2 $(mbedtls.cflags) -c $(mbedtls)/library/$*.c -o $@

# Every board is linked into gate and mkimage, under a name of its own.
board.symbol = board_$(subst -,_,$(1))
$(out)/host/obj/boards/%.o: boards/%.c $(out)/host/flags
	@mkdir -p $(@D)
	$(quiet)$(host.cc) $(host.cflags) $(host.includes) -MMD -MP -c $< -o $@.raw
	$(quiet)objcopy --redefine-sym board=$(call board.symbol,$*) $@.raw $@

$(out)/host/boards_table.c: tools/make/boards_table.sh $(boards:%=boards/%.mk)
	@mkdir -p $(@D)
	$(quiet)sh tools/make/boards_table.sh $(boards) >$@

$(out)/host/obj/boards_table.o: $(out)/host/boards_table.c $(out)/host/flags
	@mkdir -p $(@D)
	$(quiet)$(host.cc) $(host.cflags) $(host.includes) -MMD -MP -c $< -o $@

host.boards := $(boards:%=$(out)/host/obj/boards/%.o) $(out)/host/obj/boards_table.o

$(out)/host/obj/%.o: %.c $(out)/host/flags | $(mbedtls)/.fetched
	@mkdir -p $(@D)
	$(quiet)$(host.cc) $(host.cflags) $(host.includes) $(mbedtls.includes) -MMD -MP -c $< -o $@

gate.objects := $(sort $(call host.object,$(gate.src) $(engine.src)))
mkimage.objects := $(sort $(call host.object,$(mkimage.src)))

guest.objects := $(call host.object,$(guest.src))

# What a program of Gatehouse is linked with to be a process of Linux.
component.objects := $(patsubst %.c,$(out)/host/components/obj/%.o,$(component.src) \
	$(names.src) $(engine.src))
$(out)/host/components/obj/%.o: %.c $(out)/host/flags | $(out)/host/gen/core/.stamp
	@mkdir -p $(@D)
	$(quiet)$(host.cc) $(host.cflags) $(host.includes) \
		-idirafter libc-glue/include -I$(out)/host -pthread -MD -MP -c $< -o $@

# The kernel interfaces whose digest the broker compares are those of the host tests.
broker.objects := $(sort $(call host.object,$(broker.src) ksm/hosts/linux/main.c \
	$(engine.src) $(names.src)))

gate := $(out)/host/gate
mkimage := $(out)/host/mkimage
guest := $(out)/host/guest
broker := $(out)/host/ksm-broker

$(gate): $(gate.objects) $(host.boards) $(host.sha256)
	$(call note,host,$@)
	$(quiet)$(host.cc) -g $^ -o $@

$(mkimage): $(mkimage.objects) $(host.sha256)
	$(call note,host,$@)
	$(quiet)$(host.cc) -g $^ -o $@

$(guest): $(guest.objects)
	$(call note,host,$@)
	$(quiet)$(host.cc) -g $^ -o $@

$(broker): $(broker.objects) $(host.sha256)
	$(call note,host,$@)
	$(quiet)$(host.cc) -g $^ -o $@

$(call host.object,ksm/hosts/linux/judge.c ksm/hosts/linux/object.c): $(out)/host/gen/core/.stamp

-include $(gate.objects:.o=.d) $(broker.objects:.o=.d) $(component.objects:.o=.d)
-include $(guest.objects:.o=.d) $(mkimage.objects:.o=.d) $(host.boards:.o=.d)

# Internal: the value of a variable, for scripts.
print-%:
	@printf '%s\n' '$(subst ','\'',$($*))'
