/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* AArch64: what a thread's registers and an address space are. */
#ifndef ARCH_AARCH64_ARCH_TYPES_H
#define ARCH_AARCH64_ARCH_TYPES_H

#include <stdint.h>

#define ARCH_PAYLOAD_BYTES 128  /* x2..x17 */
#define ARCH_ROOT_BYTES    4096 /* a level 2 table: 512 entries of 2 MiB */
#define ARCH_USER_TOP      UINT64_C(0x40000000)

struct arch_fp {
	uint64_t fpcr;
	uint64_t fpsr;
	uint64_t v[64]; /* v0..v31 */
};

#define ARCH_FP_BYTES sizeof(struct arch_fp)

struct arch_space {
	uint64_t vttbr; /* VTTBR_EL2: root and VMID; without a VMID it translates nothing (space.c)
			 */
	uint64_t *root;
};

/* While the thread runs, SP_EL2 points here. Every call keeps what stands before `scratch`. */
struct arch_context {
	_Alignas(64) uint64_t preserved[12]; /* x19..x30 */
	uint64_t pc;
	uint64_t sp;
	uint64_t tp;   /* TPIDR_EL0: this copy rules, what the thread writes there is lost */
	uint64_t cptr; /* CPTR_EL2: whether a use of floating point traps */
	struct arch_space *space;
	uint8_t *buffer;      /* payload byte i at buffer[i], from ARCH_PAYLOAD_BYTES on */
	uint64_t scratch[19]; /* x0..x18 */
	uint64_t flags;       /* NZCV, bits 31:28; the rest of SPSR is the kernel's */
	struct arch_fp
		*fp; /* valid unless the thread owns the registers (fp.c); NULL: no use yet */
};

#endif
