/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Numbers of C types that assembly needs. The build turns each line `->NAME value` into a macro. */
#include "arch_types.h"
#include "cpu.h"
#include "exception.h"

#define OFFSET(name, value) __asm__ volatile("\n.ascii \"->" #name " %0\"" : : "i"(value))

_Static_assert(offsetof(struct arch_context, tp) % 8 == 0, "LDRD");
_Static_assert(
	offsetof(struct arch_context, fpexc) == offsetof(struct arch_context, tp) + 4, "LDRD");
_Static_assert(offsetof(struct arch_space, asid) == offsetof(struct arch_space, ttbr) + 4, "LDRD");

void offsets(void);

void
offsets(void)
{
	OFFSET(CONTEXT_PC, offsetof(struct arch_context, pc));
	OFFSET(CONTEXT_PSR, offsetof(struct arch_context, psr));
	OFFSET(CONTEXT_R1, offsetof(struct arch_context, r[1]));
	OFFSET(CONTEXT_R2, offsetof(struct arch_context, r[2]));
	OFFSET(CONTEXT_R6, offsetof(struct arch_context, r[6]));
	OFFSET(CONTEXT_R12, offsetof(struct arch_context, r[12]));
	OFFSET(CONTEXT_BUFFER, offsetof(struct arch_context, buffer));
	OFFSET(PAYLOAD_BYTES, ARCH_PAYLOAD_BYTES);
	OFFSET(CONTEXT_SPACE, offsetof(struct arch_context, space));
	OFFSET(CONTEXT_TP, offsetof(struct arch_context, tp));
	OFFSET(SPACE_TTBR, offsetof(struct arch_space, ttbr));
	OFFSET(CPU_STACK_TOP, offsetof(struct cpu, stack_top));
	OFFSET(EXCEPTION_UNDEFINED, EXCEPTION_UNDEFINED);
	OFFSET(EXCEPTION_PREFETCH_ABORT, EXCEPTION_PREFETCH_ABORT);
	OFFSET(EXCEPTION_DATA_ABORT, EXCEPTION_DATA_ABORT);
	OFFSET(EXCEPTION_INTERRUPT, EXCEPTION_INTERRUPT);
	OFFSET(EXCEPTION_OTHER, EXCEPTION_OTHER);
}
