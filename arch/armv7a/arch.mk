# SPDX-License-Identifier: BSD-2-Clause-Patent
# The machine layer of ARMv7-A. offsets.c becomes offsets.h.
arch.src := \
	arch/armv7a/start.S \
	arch/armv7a/vectors.S \
	arch/armv7a/system.c \
	arch/armv7a/mmu.c \
	arch/armv7a/space.c \
	arch/armv7a/context.c \
	arch/armv7a/exception.c \
	arch/armv7a/fp.c \
	arch/armv7a/copy.S \
	arch/armv7a/timer.c
