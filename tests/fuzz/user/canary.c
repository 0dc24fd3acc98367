/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The canary: every register and a piece of memory hold a pattern while others are at work; whoever
 * asks learns whether it is still there. */
#include "abi/process.h"
#include "gatehouse/syscall.h"
#include "process_canaryserver.h"
#include "target/registers/registers.h"

#define SEED       991u
#define PEER_SEED  0u
#define NEST_BYTES 16384u

static struct registers before;
static struct registers after;
static uint8_t nest[NEST_BYTES];
static uint32_t songs;
static uint32_t wrong;

static bool
is_well(void)
{
	for (uint32_t i = 0; i < NEST_BYTES; i += 61) {
		if (nest[i] != pattern_byte(SEED, i)) {
			return false;
		}
	}
	return registers_check(&before, &after, PEER_SEED, 0, true) == 0;
}

static void
put(uint32_t offset, uint32_t value)
{
	__builtin_memcpy((uint8_t *)&before.r[2] + offset, &value, sizeof(value));
}

int
main(void)
{
	uint32_t number = SYS_recv;

	for (uint32_t i = 0; i < NEST_BYTES; i++) {
		nest[i] = pattern_byte(SEED, i);
	}
	registers_fill(&before, SEED);
	before.r[0] = HANDLE_ENDPOINT;
	for (;;) {
		after = before;
		registers_call(&after, number);
		songs++;
		wrong += !is_well();
		registers_fill(&before, SEED);
		put(0, songs);
		put(4, wrong);
		before.r[0] = HANDLE_ENDPOINT;
		before.r[1] = info_make(0, 8);
		number = SYS_reply_recv;
	}
}
