/* SPDX-License-Identifier: 0BSD */
/* The one that floods. Each signal is the next thing to do: work, as a measure of what its company
 * costs anyhow; ask what no rule allows, as fast as it can; nothing. */
#include "gatehouse/ipc.h"
#include "gatehouse/syscall.h"
#include "gen/core/notification.h"
#include "load/work.h"
#include "process_flood.h"

#define DENIALS  100u /* between two looks for a signal */
#define BLOCKS   4000u
#define FLOOD_NS UINT64_C(1200000000) /* longer than is measured */

static bool
is_signalled(void)
{
	uint32_t bits = 0;

	return sys_poll(HANDLE_NOTIFICATION, &bits) != E_OK || bits != 0;
}

static void
ask(void)
{
	for (uint32_t i = 0; i < DENIALS; i++) {
		(void)echo_refused(FLOOD_TURNS);
	}
}

/* Until it is signalled, which a victim that gets no time cannot do: then not for ever. */
static void
flood(void)
{
	uint64_t end_ns = sys_clock() + FLOOD_NS;
	uint32_t bits;

	while (sys_clock() < end_ns) {
		ask();
		if (is_signalled()) {
			return;
		}
	}
	(void)sys_wait(HANDLE_NOTIFICATION, &bits);
}

int
main(void)
{
	uint32_t bits;

	while (sys_wait(HANDLE_NOTIFICATION, &bits) == E_OK) {
		while (!is_signalled()) {
			work(BLOCKS);
		}
		flood();
	}
	return 1;
}
