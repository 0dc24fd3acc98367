# SPDX-License-Identifier: BSD-2-Clause-Patent
# The kernel of one board: portable part, monitor, architecture, board data, SHA-256.

include kernel/kernel.mk arch/common/common.mk arch/$(arch)/arch.mk

target.cc := $(cross)gcc
target.version := $(shell $(target.cc) --version 2>&1 | head -n 1)
target.headers := -nostdinc $(foreach name,include include-fixed,$(addprefix -isystem ,\
	$(filter /%,$(shell $(target.cc) -print-file-name=$(name) 2>/dev/null))))

# Stubs and numbers of the kernel's own interfaces. gate writes all files each time; only those
# whose bytes changed replace the old ones, so that nothing else is compiled again.
core.gen := $(out.board)/gen/core
$(core.gen)/.stamp: kernel/core.gate $(gate) tools/make/sync.sh
	@mkdir -p $(@D)
	$(quiet)rm -rf $(@D).new && $(gate) stubs $< -o $(@D).new
	$(quiet)sh tools/make/sync.sh $(@D).new $(@D)
	@touch $@

$(core.gen)/%.h: $(core.gen)/.stamp
	@:

kernel.out := $(out.board)/kernel
kernel.sources := $(kernel.src) $(engine.src) $(engine.fast) $(common.src) $(arch.src) \
	boards/$(board).c
kernel.includes := -I. -Ikernel/include -Iarch/$(arch) -I$(kernel.out) -iquote $(core.gen) \
	$(mbedtls.includes)
kernel.cflags := $(kernel.machine) -Os -fomit-frame-pointer -ffreestanding -ffunction-sections \
	-fdata-sections $(target.headers) $(common.cflags) -flto
# Small, but for what every message passes.
kernel.hot := $(patsubst %,$(kernel.out)/%.o,$(kernel.hot) $(engine.hot) arch/$(arch)/context)
kernel.boot := $(patsubst %,$(kernel.out)/%.o,$(kernel.boot) $(arch.boot))
# Linked as one unit: a call across files costs no more than one within a file.
kernel.ldflags := $(kernel.machine) $(common.cflags) -Os -fomit-frame-pointer -ffreestanding \
	-flto -nostdlib -static -Wl,--gc-sections -Wl,--build-id=none \
	-Wl,-z,max-page-size=4096 -Wl,--fatal-warnings \
	-Wl,--defsym=kernel_load=$(board.load)
kernel.objects := $(patsubst %,$(kernel.out)/%.o,$(basename $(kernel.sources)))
kernel.sha256 := $(kernel.out)/mbedtls/sha256.o $(kernel.out)/mbedtls/platform_util.o

$(eval $(call stamp_rule,$(kernel.out)/flags,$(kernel.cflags) $(kernel.includes) \
	$(kernel.ldflags) $(fast.cflags) $(kernel.hot) $(kernel.boot) $(target.version)))

$(kernel.out)/%.o: %.c $(kernel.out)/flags | $(core.gen)/.stamp $(kernel.out)/offsets.h \
		$(mbedtls)/.fetched
	@mkdir -p $(@D)
	$(quiet)$(target.cc) $(kernel.cflags) $(kernel.includes) -MMD -MP -c $< -o $@ \
		$(kernel.finish)

$(kernel.out)/%.o: %.S $(kernel.out)/flags | $(core.gen)/.stamp $(kernel.out)/offsets.h
	@mkdir -p $(@D)
	$(quiet)$(target.cc) $(kernel.cflags) $(kernel.includes) -MMD -MP -c $< -o $@ \
		$(kernel.finish)

$(kernel.out)/mbedtls/%.o: $(mbedtls)/.fetched $(kernel.out)/flags
	@mkdir -p $(@D)
	$(quiet)$(target.cc) $(kernel.machine) -Os -ffreestanding -ffunction-sections \
		-fdata-sections -DMBEDTLS_SHA256_SMALLER $(target.headers) \
		-isystem tools/ports/mbedtls/freestanding \
		$(mbedtls.cflags) -c $(mbedtls)/library/$*.c -o $@ $(kernel.finish)

$(kernel.hot): kernel.cflags += -O2
$(kernel.out)/kernel/fast.o: kernel.cflags += $(fast.cflags)

# Sections of their own, which kernel.ld puts in front: nothing that stays may refer to them.
$(kernel.boot): kernel.cflags += -fno-lto
$(kernel.boot) $(kernel.sha256): kernel.finish = && $(cross)objcopy --prefix-alloc-sections=.boot $@

# What runs before the page tables are on.
$(patsubst %,$(kernel.out)/%.o,$(kernel.early) $(arch.boot)): \
	kernel.cflags += $(kernel.early.$(arch))

# What the compiler itself calls must not be taken for its own builtin.
$(kernel.out)/kernel/memory.o: kernel.cflags += -fno-lto

# Numbers that assembly needs, from C: offsets.c marks each with `->NAME value`.
$(kernel.out)/offsets.s: arch/$(arch)/offsets.c $(kernel.out)/flags | $(core.gen)/.stamp
	@mkdir -p $(@D)
	$(quiet)$(target.cc) $(kernel.cflags) -fno-lto $(kernel.includes) -MMD -MP \
		-MT $@ -S $< -o $@

$(kernel.out)/offsets.h: $(kernel.out)/offsets.s tools/make/offsets.awk
	$(quiet)awk -f tools/make/offsets.awk $< >$@

$(kernel.out)/kernel.ld: arch/$(arch)/kernel.ld boards/$(board).mk $(kernel.out)/flags
	@mkdir -p $(@D)
	$(quiet)$(target.cc) -E -P -x c -undef -DBOARD_LOAD=$(board.load) $(kernel.includes) \
		$< -o $@

$(kernel.out)/kernel.elf: $(kernel.objects) $(kernel.sha256) $(kernel.out)/kernel.ld
	$(call note,kernel,$@)
	$(quiet)$(target.cc) $(kernel.ldflags) -T $(kernel.out)/kernel.ld -Wl,-Map=$(@:.elf=.map) \
		$(kernel.objects) $(kernel.sha256) -lgcc -o $@
	$(quiet)$(cross)readelf -SW $@ | awk -f tools/make/orphans.awk

$(kernel.out)/kernel.bin: $(kernel.out)/kernel.elf
	$(quiet)$(cross)objcopy -O binary $< $@

-include $(kernel.objects:.o=.d) $(kernel.out)/offsets.d
