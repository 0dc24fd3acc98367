# SPDX-License-Identifier: BSD-2-Clause-Patent
# The bare image of one board and deployment: build/BOARD/bare/DEPLOYMENT.elf. Its tasks are those
# of the deployment's bare.src; bare.mains are programs of it whose main is a task.
bare.src := $(addprefix ksm/hosts/bare/,main.c judge.c call.c task.c memory.c $(arch).S blobs.S)
bare.src += ksm/hosts/system.c libc-glue/server.c $(engine.src)
bare.out := $(out.board)/bare/$(deployment.name)
bare := $(out.board)/bare/$(deployment.name).elf
bare.machine.aarch64 := -mcpu=cortex-a53 -mstrict-align -mno-outline-atomics -fno-pie -fno-pic \
	-mgeneral-regs-only
bare.machine.armv7a := -march=armv7-a -marm -mno-unaligned-access -mgeneral-regs-only
bare.machine := $(bare.machine.$(arch)) -fno-stack-protector
# Its own memcpy must not become a call of itself.
bare.cflags := $(bare.machine) -O2 -ffreestanding -fno-tree-loop-distribute-patterns \
	-ffunction-sections $(common.cflags) $(target.headers) -isystem $(newlib)/include
bare.includes := -I. -Ikernel/include -Ilibc-glue/include -I$(out.board) -iquote $(core.gen) \
	-iquote $(stubs.gen) $(mbedtls.includes)
bare.objects := $(patsubst %,$(bare.out)/%.o,$(basename $(bare.src) $(deployment.bare)))

$(eval $(call stamp_rule,$(bare.out)/flags,$(bare.cflags) $(bare.includes) $(target.version)))

$(bare.out)/%.o: %.c $(bare.out)/flags $(newlib).stamp | $(stubs.gen)/.stamp
	@mkdir -p $(@D)
	$(quiet)$(target.cc) $(bare.cflags) $(bare.includes) $(bare.main) -MMD -MP -c $< -o $@

$(bare.out)/%.o: %.S $(bare.out)/flags
	@mkdir -p $(@D)
	$(quiet)$(target.cc) $(bare.machine) $(bare.blobs) -c $< -o $@

$(bare.out)/mbedtls/%.o: $(mbedtls)/.fetched $(bare.out)/flags
	@mkdir -p $(@D)
	$(quiet)$(target.cc) $(bare.machine) -Os -ffreestanding -fno-tree-loop-distribute-patterns \
		$(target.headers) -isystem tools/ports/mbedtls/freestanding $(mbedtls.cflags) \
		-c $(mbedtls)/library/$*.c -o $@

$(bare.out)/ksm/hosts/bare/blobs.o: bare.blobs = -DBARE_POLICY='"$(policy)"' \
	-DBARE_SYSTEM='"$(system)"'
$(bare.out)/ksm/hosts/bare/blobs.o: $(policy) $(system)

# A program NAME of the deployment is a task whose entry is NAME_main.
$(foreach name,$(deployment.programs),$(eval $(bare.out)/$($(name).dir)/main.o: \
	bare.main = -Dmain=$(name)_main))

$(bare): $(bare.objects) $(bare.out)/mbedtls/sha256.o $(bare.out)/mbedtls/platform_util.o \
		ksm/hosts/bare/bare.ld
	$(call note,bare,$@)
	$(quiet)$(target.cc) $(bare.machine) -nostdlib -nostartfiles -static -Wl,--build-id=none \
		-Wl,--fatal-warnings -Wl,-z,noexecstack -Wl,-z,max-page-size=4096 \
		-T ksm/hosts/bare/bare.ld $(filter %.o,$^) -lgcc -o $@

-include $(bare.objects:.o=.d)
