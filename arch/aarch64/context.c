/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The registers of a thread: how it starts, and what a system call leaves in them. */
#include "arch/arch.h"
#include "fp.h"

#define SVC_BYTES 4

/* The register ABI of abi/abi.h. */
#define PAYLOAD_FIRST 2 /* x2 */
#define PAYLOAD_LAST  17
#define SCRATCH_LAST  18

static void results_set(struct arch_context *context, uint64_t x0, uint32_t info, uint32_t length);

_Static_assert((PAYLOAD_LAST - PAYLOAD_FIRST + 1) * 8 == ARCH_PAYLOAD_BYTES, "register ABI");
_Static_assert(sizeof(struct arch_context) == 320, "a thread object stays below 1 KiB");

void
arch_context_init(struct arch_context *context, struct arch_space *space, uint8_t *buffer,
	vaddr_t pc, vaddr_t sp, vaddr_t tp, uint64_t argument)
{
	struct arch_fp *fp = context->fp;

	arch_context_destroy(context); /* values of an earlier life in v0..v31 are nobody's */
	if (fp != NULL) {
		*fp = (struct arch_fp){0};
	}
	*context = (struct arch_context){.pc = pc,
		.sp = sp,
		.tp = tp,
		.cptr = FP_CLOSED,
		.space = space,
		.buffer = buffer,
		.scratch[0] = argument,
		.fp = fp};
}

uint32_t
arch_argument(const struct arch_context *context, uint32_t index)
{
	if (index >= PAYLOAD_FIRST) {
		kernel_panic("arch_argument", index);
	}
	return (uint32_t)context->scratch[index];
}

uint8_t *
arch_payload(struct arch_context *context)
{
	return (uint8_t *)&context->scratch[PAYLOAD_FIRST];
}

void
arch_result(struct arch_context *context, uint32_t status, uint32_t info, uint32_t length)
{
	results_set(context, status, info, length);
}

void
arch_received(struct arch_context *context, uint32_t badge, uint16_t label, uint16_t instance,
	uint32_t info, uint32_t length)
{
	results_set(
		context, badge | (uint64_t)label << 32 | (uint64_t)instance << 48, info, length);
}

/* The thread's flags and arguments are still in the context: only the program counter, which points
 * behind the SVC (DDI 0487J D1.3), goes back. */
void
arch_context_restart(struct arch_context *context)
{
	context->pc -= SVC_BYTES;
}

vaddr_t
arch_context_pc(const struct arch_context *context)
{
	return context->pc;
}

vaddr_t
arch_context_sp(const struct arch_context *context)
{
	return context->sp;
}

vaddr_t
arch_context_lr(const struct arch_context *context)
{
	return context->preserved[11]; /* x30 */
}

/* Four payload registers, as two pairs. */
static inline void
clear_four(uint64_t *payload)
{
	payload[0] = 0;
	payload[1] = 0;
	payload[2] = 0;
	payload[3] = 0;
}

/* Clears payload registers from the index-th on. Most messages are short: straight stores for none,
 * then four at a time. */
static void
payload_clear(uint64_t *payload, uint32_t index)
{
	_Static_assert(ARCH_PAYLOAD_BYTES == 16 * sizeof(*payload), "all of it");
	if (index == 0) {
		clear_four(payload);
		clear_four(payload + 4);
		clear_four(payload + 8);
		clear_four(payload + 12);
		return;
	}
	for (; index % 4 != 0; index++) {
		payload[index] = 0;
	}
	for (; index < 16; index += 4) {
		clear_four(payload + index);
	}
}

/* Whatever is not a result must not come back: it would be a channel that the monitor does not see
 * (decisions A7, F2). Flags and x18 included. */
static void
results_set(struct arch_context *context, uint64_t x0, uint32_t info, uint32_t length)
{
	uint64_t *scratch = context->scratch;
	uint64_t *payload = &scratch[PAYLOAD_FIRST];

	scratch[0] = x0;
	scratch[1] = info;
	scratch[SCRATCH_LAST] = 0;
	context->flags = 0;
	if (length >= ARCH_PAYLOAD_BYTES) {
		return;
	}
	uint32_t rest = length % 8;
	uint32_t index = length / 8;
	if (rest != 0) { /* little-endian: the first bytes are the low ones */
		payload[index] &= (UINT64_C(1) << 8 * rest) - 1;
		index++;
	}
	payload_clear(payload, index);
}
