# SPDX-License-Identifier: BSD-2-Clause-Patent
# User space of one board and deployment: C library, glue, stubs, programs.

include libc-glue/glue.mk $(wildcard servers/*/*.mk)
# A deployment that is not there is an error of the goal `image`, not of all others.
-include $(deployment.dir)/deployment.mk

lib := $(out.board)/lib
newlib := $(lib)/newlib
stubs.gen := $(out.deployment)/gen
programs.out := $(out.deployment)/programs

# The link to the C library in the cache: looked at in every build, replaced only when it differs.
$(newlib).stamp: FORCE
	@mkdir -p $(@D)
	@tools/newlib.sh $(arch) $(target.$(arch)) $(cross) $(newlib) $(user.machine)
	@readlink $(newlib) | cmp -s - $@ || readlink $(newlib) >$@

user.cflags := $(user.machine) -O2 -ffunction-sections -fdata-sections -D__DYNAMIC_REENT__ \
	$(common.cflags)
user.headers := -nostdinc -isystem $(newlib)/include $(filter-out -nostdinc,$(target.headers))
# Generated headers are found by "..." only: an interface Signal makes a signal.h.
user.includes := -iquote . -Ilibc-glue/include -Ikernel/include -I$(out.board) -iquote $(core.gen)
user.ldflags := $(user.machine) -nostdlib -nostartfiles -static -Wl,--gc-sections \
	-Wl,--build-id=none -Wl,-z,max-page-size=4096 -Wl,-z,noexecstack -Wl,--fatal-warnings

$(eval $(call stamp_rule,$(lib)/flags,$(user.cflags) $(user.headers) $(user.includes) \
	$(user.ldflags) $(target.version)))

include tools/make/ports.mk

# The glue, in one archive; crt0 apart.
glue.crt0 ?= libc-glue/$(arch)/crt0.S
glue.objects := $(patsubst %,$(lib)/%.o,$(basename $(filter-out $(glue.crt0),$(glue.src))))

$(lib)/%.o: %.c $(lib)/flags $(newlib).stamp | $(core.gen)/.stamp $(files.gen)/.stamp \
		$(manager.gen)/.stamp
	@mkdir -p $(@D)
	$(quiet)$(target.cc) $(user.cflags) $(user.headers) $(user.includes) -Ilibc-glue \
		-D_POSIX_C_SOURCE=200809L -MMD -MP -c $< -o $@

$(lib)/%.o: %.S $(lib)/flags $(newlib).stamp | $(core.gen)/.stamp $(files.gen)/.stamp \
		$(manager.gen)/.stamp
	@mkdir -p $(@D)
	$(quiet)$(target.cc) $(user.cflags) $(user.headers) $(user.includes) -Ilibc-glue -MMD -MP \
		-c $< -o $@

$(lib)/crt0.o: $(glue.crt0) $(lib)/flags $(newlib).stamp | $(core.gen)/.stamp $(files.gen)/.stamp \
		$(manager.gen)/.stamp
	@mkdir -p $(@D)
	$(quiet)$(target.cc) $(user.cflags) $(user.headers) $(user.includes) -Ilibc-glue -MMD -MP \
		-c $< -o $@

$(lib)/libgatehouse.a: $(glue.objects)
	$(call note,library,$@)
	$(quiet)rm -f $@ && $(cross)ar rcD $@ $^

# The monitor's reader of names and texts, for programs that explain what it recorded.
ksm.objects := $(patsubst %.c,$(lib)/%.o,$(names.src) $(engine.src))
$(lib)/libksm.a: $(ksm.objects)
	$(quiet)rm -f $@ && $(cross)ar rcD $@ $^

$(lib)/mbedtls/%.o: $(mbedtls)/.fetched $(lib)/flags
	@mkdir -p $(@D)
	$(quiet)$(target.cc) $(user.machine) -O2 -ffreestanding -ffunction-sections \
		-fdata-sections $(target.headers) -isystem tools/ports/mbedtls/freestanding \
		$(mbedtls.cflags) -c $(mbedtls)/library/$*.c -o $@

$(lib)/libmbedtls.a: $(addprefix $(lib)/mbedtls/,sha256.o platform_util.o md.o hmac_drbg.o)
	$(quiet)rm -f $@ && $(cross)ar rcD $@ $^

$(lib)/program.ld: libc-glue/$(arch)/program.ld $(lib)/flags
	$(quiet)$(target.cc) -E -P -x c -undef $(user.includes) $< -o $@

# Stubs and process headers of this deployment. Warnings are for `gate build` to show, once.
product := $(deployment.dir)/product.gate
gate.roots := -I . -I servers -I $(deployment.dir)
$(stubs.gen)/.stamp: $(product) $(gate) $(init.gen)/.stamp tools/make/sync.sh
	@mkdir -p $(@D)
	$(quiet)rm -rf $(@D).new && $(gate) stubs $(product) $(gate.roots) --board $(board) \
		-o $(@D).new --depfile $(@D).d.new 2>$(@D).log || { cat $(@D).log >&2; exit 1; }
	$(quiet)sh tools/make/sync.sh $(@D).new $(@D)
	$(quiet)sed -e '1s|^[^:]*:|$@:|' $(@D).d.new >$(@D).d && rm $(@D).d.new
	@touch $@

$(stubs.gen)/%.h: $(stubs.gen)/.stamp
	@:

# A policy file that went away makes gate speak, not make.
%.gate: ;

-include $(stubs.gen).d

$(eval $(call stamp_rule,$(out.deployment)/flags,$(deployment.dir) $(deployment.programs)))

# A program NAME: NAME.dir, NAME.src and NAME.libc, set by its fragment; NAME.ports: its libraries;
# NAME.link: what the linker is told besides.
# $(1): its name
define program_rules
$(1).objects := $(patsubst %,$(programs.out)/$(1)/%.o,$(basename $($(1).src))) $$($(1).made)
$(1).elf := $(programs.out)/$(1)/$(1).elf
$(1).cflags := $$(user.cflags) $(if $(filter no,$($(1).libc)),-ffreestanding \
	$$(target.headers),$$(user.headers)) -I$($(1).dir) $$(user.includes) \
	-iquote $(stubs.gen) -I$(out.deployment) $$(mbedtls.includes) \
	$(foreach port,$($(1).ports),$($(port).port.includes))
$(1).archives := $(foreach port,$($(1).ports),$($(port).port.archive)) \
	$(lib)/libgatehouse.a $(lib)/libksm.a $(lib)/libmbedtls.a
$(1).libraries := -Wl,--start-group $$($(1).archives) $(if $(filter no,$($(1).libc)),,\
	-L$(newlib)/lib -lc -lm) -lgcc -Wl,--end-group
$(1).start := $(if $(filter no,$($(1).libc)),,$(lib)/crt0.o)

$(programs.out)/$(1)/%.o: $($(1).dir)/%.c $(lib)/flags $(out.deployment)/flags \
		$(newlib).stamp | $(stubs.gen)/.stamp $($(1).ports:%=build/ports/%/.fetched)
	@mkdir -p $$(@D)
	$$(quiet)$$(target.cc) $$($(1).cflags) -MMD -MP -c $$< -o $$@

$(programs.out)/$(1)/%.o: $($(1).dir)/%.S $(lib)/flags $(out.deployment)/flags \
		$(newlib).stamp | $(stubs.gen)/.stamp
	@mkdir -p $$(@D)
	$$(quiet)$$(target.cc) $$($(1).cflags) -MMD -MP -c $$< -o $$@

$$($(1).elf): $$($(1).objects) $$($(1).start) $$($(1).archives) $(lib)/program.ld
	@mkdir -p $$(@D)
	$$(call note,program,$$@)
	$$(quiet)$$(target.cc) $$(user.ldflags) $($(1).link) -T $(lib)/program.ld \
		-Wl,-Map=$$(@:.elf=.map) \
		$$($(1).start) $$($(1).objects) $$($(1).libraries) -o $$@

-include $$($(1).objects:.o=.d)
endef

# $(1): name of a program that nobody describes, $(2): what is wrong
define program_error
$(1).elf := $(programs.out)/$(1)/$(1).elf
$$($(1).elf): FORCE
	@echo "program $(1) of $(DEPLOYMENT): $(2)" >&2; exit 1
endef

$(foreach name,$(deployment.programs),$(eval $(if $($(name).src)$($(name).ports),\
	$(if $(findstring ..,$($(name).src)),\
		$(call program_error,$(name),a file of $(name).src is not below $($(name).dir)),\
		$(call program_rules,$(name))),\
	$(call program_error,$(name),no $(name).src in its folder's .mk or in deployment.mk))))

# The same programs as processes of Linux, which speak through ksm/hosts/linux.
# $(1): name of the program
components.out := $(out)/host/components/$(deployment.name)
components.cflags := -Og -fno-omit-frame-pointer $(common.cflags) -D_DEFAULT_SOURCE -pthread
define component_rules
$(components.out)/$(1)/%.o: $($(1).dir)/%.c $(components.out)/flags | $(stubs.gen)/.stamp \
		$(out)/host/gen/core/.stamp
	@mkdir -p $$(@D)
	$$(quiet)$$(host.cc) $$(components.cflags) -I$($(1).dir) -I. -idirafter libc-glue/include \
		-Ikernel/include -I$(out)/host -iquote $(stubs.gen) -iquote $(out)/host/gen/core \
		$$(mbedtls.includes) -MD -MP -c $$< -o $$@

$(components.out)/$(1).elf: $(patsubst %.c,$(components.out)/$(1)/%.o,$($(1).src)) \
		$(component.objects) $(host.sha256)
	$$(call note,host,$$@)
	$$(quiet)$$(host.cc) -g -pthread $$^ -o $$@
endef

$(foreach name,$(deployment.programs),$(if $($(name).src),\
	$(eval $(call component_rules,$(name)))))
$(eval $(call stamp_rule,$(components.out)/flags,$(components.cflags) $(host.version)))

-include $(glue.objects:.o=.d) $(ksm.objects:.o=.d) $(lib)/crt0.d

# The files of program `rom`: what the folder deployment.rom has in it, under the licence that
# rom.licence names (0BSD).
rom.list = cd $(deployment.rom) && find . -mindepth 1 \( -type d -printf "./%P/\n" \) -o \
	-printf "./%P\n" | LC_ALL=C sort
rom.names := $(if $(deployment.rom),$(shell $(rom.list)))
rom.files := $(patsubst ./%,$(deployment.rom)/%,$(filter-out %/,$(rom.names)))
$(eval $(call stamp_rule,$(programs.out)/rom/names,$(deployment.rom) $(rom.names)))

$(programs.out)/rom/files.S: tools/make/rom.sh $(programs.out)/rom/names $(rom.files)
	$(quiet)sh tools/make/rom.sh "$(or $(rom.licence),0BSD)" $(deployment.rom) >$@

$(programs.out)/rom/files.o: $(programs.out)/rom/files.S
	$(quiet)$(target.cc) $(user.cflags) -MMD -MP -c $< -o $@
