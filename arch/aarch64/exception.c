/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Exception syndromes (DDI 0487J D19.2 ESR_EL2) to the faults that supervisors see. */
#include "exception.h"

#include "abi/abi.h"
#include "cpu.h"
#include "space.h"

enum exception_class {
	EC_FP = 0x07,          /* only of a thread that has no room for the registers: vectors.S */
	EC_FETCH_ABORT = 0x20, /* from EL0 or EL1 */
	EC_PC_ALIGNMENT = 0x22,
	EC_DATA_ABORT = 0x24,
	EC_SP_ALIGNMENT = 0x26,
	EC_SERROR = 0x2f
};

#define EC_SHIFT       26
#define ISS_WNR        (UINT32_C(1) << 6) /* data abort: a write */
#define ISS_DFSC_MASK  UINT32_C(0x3f)
#define DFSC_ALIGNMENT UINT32_C(0x21)

static void fault_decode(struct arch_fault *fault, const struct arch_context *context);
static enum fault_kind data_abort_kind(uint32_t status);
static void line_print(const char *text, uint64_t value);

struct arch_context *
exception_from_thread(struct arch_context *context, uint64_t esr)
{
	struct arch_fault fault = {.status = (uint32_t)esr};

	if (space_take(context->space)) {
		return context;
	}
	if (fault.status >> EC_SHIFT == EC_FP) {
		context->fp = kernel_fp_take(context);
	}
	if (fault.status >> EC_SHIFT == EC_FP && context->fp != NULL) {
		return context;
	}
	fault_decode(&fault, context);
	return kernel_fault(context, &fault);
}

void
exception_in_kernel(uint64_t esr, uint64_t elr, uint64_t far)
{
	struct cpu *cpu = cpu_this();

	if (cpu->is_failed) {
		cpu_stop(); /* the way to report it failed as well */
	}
	cpu->is_failed = true;
	line_print("\nkernel exception: syndrome ", esr);
	line_print(", address ", far);
	line_print(", at ", elr);
	arch_console_put('\n');
	kernel_panic("exception in the kernel", elr);
}

/* Stage 1 is off, so that FAR_EL2 holds what the thread used and what stage 2 translates. */
static void
fault_decode(struct arch_fault *fault, const struct arch_context *context)
{
	switch (fault->status >> EC_SHIFT) {
	case EC_FP:
		fault->kind = FAULT_MEMORY;
		fault->address = context->pc;
		break;
	case EC_FETCH_ABORT:
		fault->kind = FAULT_EXECUTE;
		fault->address = read_far_el2();
		break;
	case EC_DATA_ABORT:
		fault->kind = (uint8_t)data_abort_kind(fault->status);
		fault->address = read_far_el2();
		break;
	case EC_PC_ALIGNMENT:
		fault->kind = FAULT_ALIGNMENT;
		fault->address = context->pc;
		break;
	case EC_SP_ALIGNMENT:
		fault->kind = FAULT_ALIGNMENT;
		fault->address = context->sp;
		break;
	case EC_SERROR:
		/* A store that a device refused, reported late and without its address (D1.3). It
		 * is the running thread's unless a driver was interrupted just before; the kernel
		 * itself touches two devices that answer. */
		fault->kind = FAULT_WRITE;
		fault->address = 0;
		break;
	default: /* undefined, trapped, privileged, breakpoint, WFI, SMC: the syndrome says which */
		fault->kind = FAULT_INSTRUCTION;
		fault->address = context->pc;
		break;
	}
}

static enum fault_kind
data_abort_kind(uint32_t status)
{
	if ((status & ISS_DFSC_MASK) == DFSC_ALIGNMENT) {
		return FAULT_ALIGNMENT;
	}
	return (status & ISS_WNR) != 0 ? FAULT_WRITE : FAULT_READ;
}

static void
line_print(const char *text, uint64_t value)
{
	uint32_t shift = 64;

	for (; *text != '\0'; text++) {
		arch_console_put(*text);
	}
	do {
		shift -= 4;
		arch_console_put("0123456789abcdef"[value >> shift & 15]);
	} while (shift != 0);
}
