# SPDX-License-Identifier: BSD-2-Clause-Patent
# The machine layer of AArch64. offsets.c becomes offsets.h.
arch.src := \
	arch/aarch64/start.S \
	arch/aarch64/vectors.S \
	arch/aarch64/system.c \
	arch/aarch64/mmu.c \
	arch/aarch64/space.c \
	arch/aarch64/context.c \
	arch/aarch64/exception.c \
	arch/aarch64/fp.c \
	arch/aarch64/fp_state.S \
	arch/aarch64/copy.S \
	arch/aarch64/timer.c
