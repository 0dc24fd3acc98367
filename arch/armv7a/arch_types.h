/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The types of arch/arch.h on ARMv7-A. */
#ifndef ARCH_ARMV7A_ARCH_TYPES_H
#define ARCH_ARMV7A_ARCH_TYPES_H

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

#define ARCH_PAYLOAD_BYTES 16         /* r2..r5 */
#define ARCH_ROOT_BYTES    4096       /* 1,024 first-level entries: the lowest GiB */
#define ARCH_USER_TOP      0x40000000 /* from here on TTBR1 translates (TTBCR.N = 2) */

/* An address space: the lowest GiB of a process. Without an ASID it translates nothing (space.c).
 */
struct arch_space {
	alignas(8) uint32_t ttbr; /* value of TTBR0: root table and attributes of table walks */
	uint32_t asid;            /* 1..255; 0: none, and ttbr is that of the empty root */
	uint32_t root;            /* the value of ttbr when it has an ASID */
};

struct arch_fp {
	uint64_t d[32]; /* d0..d31 */
	uint32_t fpscr;
};

#define ARCH_FP_BYTES sizeof(struct arch_fp)

/*
 * Everything of a thread that the machine holds while it runs. The first 64 bytes, one cache line,
 * are what every entry saves; vectors.S relies on r, pc and psr standing in this order.
 */
struct arch_context {
	alignas(64) uint32_t r[15]; /* r0..r12, sp, lr */
	uint32_t pc;
	uint32_t psr; /* CPSR to return with: user mode, interrupts on */
	struct arch_space *space;
	uint32_t tp;        /* TPIDRURO */
	uint32_t fpexc;     /* FPEXC: whether a use of floating point is undefined */
	uint8_t *buffer;    /* payload byte i at buffer[i], from ARCH_PAYLOAD_BYTES on */
	struct arch_fp *fp; /* valid unless the thread owns the unit; NULL: no use yet */
};

_Static_assert(offsetof(struct arch_context, r) == 0, "vectors.S: registers lie below pc");
_Static_assert(offsetof(struct arch_context, pc) == 60, "vectors.S: SRS stores pc here");
_Static_assert(offsetof(struct arch_context, psr) == 64, "vectors.S: SRS stores psr here");

#endif
