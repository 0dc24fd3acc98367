/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The other side of machine/exchange.c: receives with every register watched, answers likewise. */
#include "abi/process.h"
#include "machine/exchange.h"
#include "process_mirrorserver.h"
#include "registers/registers.h"

static struct registers before;
static struct registers after;

static struct {
	uint32_t received;
	uint32_t wrong;
	struct caller caller;
} state;

static uint8_t *
buffer(void)
{
	return (uint8_t *)(uintptr_t)PROCESS_BUFFER;
}

/* AArch64 has all three in x0, ARMv7 label and instance in r12. */
static struct caller
caller_of(const struct registers *registers)
{
	struct caller caller = {0};

	__builtin_memcpy(&caller, &registers->r[0], sizeof(uintptr_t));
	if (sizeof(uintptr_t) == 4) {
		__builtin_memcpy(&caller.label, &registers->r[12], 4);
	}
	return caller;
}

static void
check_request(uint32_t length)
{
	uint32_t wrong = registers_check(&before, &after, DRIVER_SEED, length, true);

	if (wrong == 0) {
		wrong = buffer_check(buffer(), MIRROR_SEED, DRIVER_SEED, length);
	}
	if (wrong == 0 && after.r[1] != info_make(MIRROR_EXCHANGE, length)) {
		wrong = WRONG_INFO;
	}
	if (state.wrong == 0) {
		state.wrong = wrong;
	}
	state.received++;
	state.caller = caller_of(&after);
}

static void
put_u32(uint32_t offset, uint32_t value)
{
	__builtin_memcpy((uint8_t *)&before.r[2] + offset, &value, sizeof(value));
}

/* The answer to `report`, as the generated stub reads it. */
static uint32_t
report(void)
{
	put_u32(0, state.received);
	put_u32(4, state.wrong);
	put_u32(8, state.caller.badge);
	put_u32(12, state.caller.label | (uint32_t)state.caller.instance << 16);
	state.wrong = 0;
	return 16;
}

int
main(void)
{
	uint32_t number = SYS_recv;

	registers_fill(&before, MIRROR_SEED);
	buffer_fill(buffer(), MIRROR_SEED);
	before.r[0] = HANDLE_ENDPOINT;
	for (;;) {
		after = before;
		registers_call(&after, number);
		uint32_t info = (uint32_t)after.r[1];
		uint32_t length = info_length(info);
		if (info_method(info) == MIRROR_EXCHANGE) {
			check_request(length);
			length = answer_length(length);
			registers_fill(&before, MIRROR_SEED);
		} else {
			length = report();
		}
		buffer_fill(buffer(), MIRROR_SEED);
		before.r[0] = HANDLE_ENDPOINT;
		before.r[1] = info_make(0, length);
		number = SYS_reply_recv;
	}
}
