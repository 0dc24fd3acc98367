/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Exceptions of user code that are no system call: decodes them into faults. */
#include "exception.h"

#include "abi/abi.h"
#include "fp.h"
#include "layout.h"
#include "registers.h"
#include "space.h"

/* Fault status, DDI 0406C B4.1 (DFSR), B4.1 (IFSR) and table B3-23: FS is bit 10 and 3:0. */
#define FS_ALIGNMENT          UINT32_C(0x001)
#define FS_DEBUG              UINT32_C(0x002)
#define FS_ASYNCHRONOUS       UINT32_C(0x406)
#define FS_ASYNCHRONOUS_CHECK UINT32_C(0x408) /* parity error */
#define FS_MASK               UINT32_C(0x40f)
#define DFSR_WRITE            UINT32_C(0x800)

static enum fault_kind data_abort_kind(uint32_t status);

/* ARMv7 reports a use of the floating-point unit while it is off like any undefined instruction. So
 * the thread gets the unit and tries again; what is undefined then is undefined. */
struct arch_context *
exception_undefined(struct arch_context *context)
{
	enum fp_result result = fp_take(context);

	if (result == FP_TAKEN) {
		return context;
	}
	const struct arch_fault fault = {
		.kind = result == FP_HAS ? FAULT_INSTRUCTION : FAULT_MEMORY,
		.address = context->pc};
	return kernel_fault(context, &fault);
}

struct arch_context *
exception_prefetch_abort(struct arch_context *context)
{
	uint32_t status = ifsr_read();
	struct arch_fault fault = {.kind = FAULT_EXECUTE, .status = status, .address = ifar_read()};

	if (space_take(context->space)) {
		return context;
	}
	/* A BKPT arrives here too (DDI 0406C C3): IFAR is not valid for it. */
	if ((status & FS_MASK) == FS_DEBUG) {
		fault.kind = FAULT_INSTRUCTION;
		fault.address = context->pc;
	}
	return kernel_fault(context, &fault);
}

struct arch_context *
exception_data_abort(struct arch_context *context)
{
	uint32_t status = dfsr_read();
	uint32_t fs = status & FS_MASK;
	struct arch_fault fault = {
		.kind = (uint8_t)data_abort_kind(status), .status = status, .address = dfar_read()};

	if (space_take(context->space)) {
		return context;
	}
	/* A device refused an access that ended long ago; nobody knows which address it was. */
	if (fs == FS_ASYNCHRONOUS || fs == FS_ASYNCHRONOUS_CHECK) {
		fault.address = 0;
	}
	return kernel_fault(context, &fault);
}

void
exception_in_kernel(uint32_t exception, uint32_t pc)
{
	static const char *const names[] = {
		[EXCEPTION_UNDEFINED] = "undefined instruction in the kernel, at",
		[EXCEPTION_PREFETCH_ABORT] = "jump to a bad address in the kernel, at",
		[EXCEPTION_DATA_ABORT] = "data abort in the kernel, at (address in the upper half)",
		[EXCEPTION_INTERRUPT] = "interrupt in the kernel, at",
		[EXCEPTION_OTHER] = "unknown exception, at",
	};
	uint64_t value = pc;

	/* The next exception, in the panic itself or because no emulator listens, ends it. */
	vbar_write((uint32_t)vectors_parked);
	barrier_isb();
	if (exception == EXCEPTION_DATA_ABORT) {
		value |= (uint64_t)dfar_read() << 32;
	}
	kernel_panic(names[exception], value);
}

static enum fault_kind
data_abort_kind(uint32_t status)
{
	if ((status & FS_MASK) == FS_ALIGNMENT) {
		return FAULT_ALIGNMENT;
	}
	return (status & DFSR_WRITE) != 0 ? FAULT_WRITE : FAULT_READ;
}
