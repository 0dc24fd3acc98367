# SPDX-License-Identifier: BSD-2-Clause-Patent
# The machine layer of ARMv7-A. offsets.c becomes offsets.h.

# kernel/fast.c runs between the SVC of one thread and the next instruction of another: arch_fast.h.
fast.cflags := -marm -fno-lto $(patsubst %,-fcall-used-r%,4 5 6 7 8 9) -fomit-frame-pointer \
	-ffixed-lr -fno-schedule-insns -fno-forward-propagate -fno-if-conversion \
	-fno-if-conversion2 -Werror=stack-usage=0

arch.src := \
	arch/armv7a/start.S \
	arch/armv7a/vectors.S \
	arch/armv7a/system.c \
	arch/armv7a/mmu.c \
	arch/armv7a/direct.c \
	arch/armv7a/space.c \
	arch/armv7a/context.c \
	arch/armv7a/exception.c \
	arch/armv7a/fp.c \
	arch/armv7a/copy.S \
	arch/armv7a/timer.c

arch.boot := arch/armv7a/start arch/armv7a/mmu arch/armv7a/system
