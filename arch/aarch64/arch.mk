# SPDX-License-Identifier: BSD-2-Clause-Patent
# The machine layer of AArch64. offsets.c becomes offsets.h.

# kernel/fast.c runs between the SVC of one thread and the next instruction of another: arch_fast.h
# says with which registers. Addresses are not folded into the accesses (forward propagation), since
# that costs it registers.
fast.cflags := -fno-lto $(patsubst %,-ffixed-x%,2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 30) \
	$(patsubst %,-fcall-used-x%,19 20 21 22 23 24 25 26 27 28) -fomit-frame-pointer \
	-fno-forward-propagate -Werror=stack-usage=0

arch.src := \
	arch/aarch64/start.S \
	arch/aarch64/vectors.S \
	arch/aarch64/system.c \
	arch/aarch64/mmu.c \
	arch/aarch64/direct.c \
	arch/aarch64/space.c \
	arch/aarch64/context.c \
	arch/aarch64/exception.c \
	arch/aarch64/fp.c \
	arch/aarch64/copy.S \
	arch/aarch64/timer.c

arch.boot := arch/aarch64/start arch/aarch64/mmu arch/aarch64/system
