/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One of many: fills memory with what only it would write, at an address that all share, looks at
 * it each time that it runs again, and says what it found. */
#include "abi/process.h"
#include "gatehouse/ipc.h"
#include "many/many.h"
#include "process_node.h"

#define WORDS (3u * PAGE_BYTES / sizeof(uint32_t))

_Noreturn void _start(const struct process_info *info);

static uint32_t canary[WORDS];

uint8_t *
ipc_buffer(void)
{
	return (uint8_t *)(uintptr_t)PROCESS_BUFFER;
}

static uint32_t
song(uint32_t instance, uint32_t round, uint32_t word)
{
	return (instance * 0x9e3779b1u + round) ^ word * 0x85ebca6bu;
}

/* Every word: read as it was left, left as it is for the next round. */
static uint32_t
look(uint32_t instance, uint32_t round)
{
	uint32_t wrong = 0;

	for (uint32_t i = 0; i < WORDS; i++) {
		wrong += canary[i] != (round == 0 ? 0 : song(instance, round - 1, i));
		canary[i] = song(instance, round, i);
	}
	return wrong;
}

_Noreturn void
_start(const struct process_info *info)
{
	const uint16_t instance = info->instance; /* it stands in the message buffer */
	uint32_t bits;
	bool go_on = true;

	for (uint32_t round = 0; go_on; round++) {
		uint32_t wrong = look(instance, round);
		if (hub_hello(NODE_HUB, instance, (uint16_t)round, wrong, &go_on) != E_OK) {
			break;
		}
		/* All others run before it does again. */
		(void)sys_deadline(sys_clock() + UINT64_C(1000000));
		(void)sys_wait(0, &bits);
	}
	for (;;) {
		(void)sys_deadline(UINT64_MAX >> 2);
		(void)sys_wait(0, &bits);
	}
}
