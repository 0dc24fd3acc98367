/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Offsets that assembly needs: the build takes "->NAME VALUE" from the compiler's output. */
#include <stddef.h>

#include "arch/arch.h"
#include "boards/board.h"
#include "cpu.h"
#include "fp.h"

#define OFFSET(name, value) __asm__ volatile(".ascii \"->" #name " %c0\"" : : "i"(value))

/* vectors.S saves register pairs with 7-bit scaled offsets (DDI 0487J C6.2 STP): 504 is the last.
 */
_Static_assert(offsetof(struct arch_context, fp) <= 504, "vectors.S reaches every register");
_Static_assert(_Alignof(struct arch_context) == 64, "SP_EL2 points here: SCTLR_EL2.SA wants 16");
_Static_assert(offsetof(struct arch_context, scratch) % 16 == 0, "LDP and STP stay in a line");
_Static_assert(offsetof(struct arch_context, flags) ==
		       offsetof(struct arch_context, scratch) + 19 * sizeof(uint64_t),
	"STP clears x18 and flags");
_Static_assert(offsetof(struct arch_context, cptr) == offsetof(struct arch_context, tp) + 8, "LDP");
_Static_assert(offsetof(struct arch_fp, fpsr) == offsetof(struct arch_fp, fpcr) + 8, "LDP, STP");
_Static_assert(offsetof(struct arch_space, vttbr) == 0, "vectors.S loads it through the pointer");

void offsets(void);

void
offsets(void)
{
	OFFSET(CONTEXT_X19, offsetof(struct arch_context, preserved));
	OFFSET(CONTEXT_PC, offsetof(struct arch_context, pc));
	OFFSET(CONTEXT_SP, offsetof(struct arch_context, sp));
	OFFSET(CONTEXT_TP, offsetof(struct arch_context, tp));
	OFFSET(CONTEXT_BUFFER, offsetof(struct arch_context, buffer));
	OFFSET(CONTEXT_SPACE, offsetof(struct arch_context, space));
	OFFSET(CONTEXT_FLAGS, offsetof(struct arch_context, flags));
	OFFSET(CONTEXT_X0, offsetof(struct arch_context, scratch));
	OFFSET(PAYLOAD_BYTES, ARCH_PAYLOAD_BYTES);
	OFFSET(CPU_STACK_TOP, offsetof(struct cpu, stack_top));
	OFFSET(CPU_FP_OWNER, offsetof(struct cpu, fp_owner));
	OFFSET(FP_OPEN, FP_OPEN);
	OFFSET(FP_CLOSED, FP_CLOSED);
	OFFSET(CONTEXT_FP, offsetof(struct arch_context, fp));
	OFFSET(FP_FPCR, offsetof(struct arch_fp, fpcr));
	OFFSET(FP_V, offsetof(struct arch_fp, v));
}
