/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The time of people: asked of the calendar that the system wired (servers/rtc), once. */
#include "calendar.h"

#include <stdbool.h>
#include <string.h>

#include "gatehouse/ipc.h"
#include "gatehouse/uses.h"

/* Interface Calendar: epoch() -> (start_ns: u64). The glue is built before any deployment's stubs
 * are, so it speaks the method itself. */
#define CALENDAR_EPOCH 1

#define TRIES 3 /* E_RESTARTED comes once for each restart of the server */

static uint64_t
ask(uint32_t calendar)
{
	uint64_t start_ns = 0;

	for (int i = 0; i < TRIES; i++) {
		struct message message = {.info = info_make(0, 0)};
		uint32_t status = ipc_call(calendar, CALENDAR_EPOCH, &message);

		if (status == E_OK && message.info == info_make(0, sizeof(start_ns))) {
			memcpy(&start_ns, message.bytes, sizeof(start_ns));
		}
		if (status != E_RESTARTED) {
			break;
		}
	}
	return start_ns;
}

/* Threads that come here at once are told the same. */
uint64_t
glue_calendar_start_ns(void)
{
	static uint64_t start_ns;
	static bool is_known;
	struct use use;

	if (!__atomic_load_n(&is_known, __ATOMIC_ACQUIRE)) {
		start_ns = uses_of("servers.rtc.Calendar", &use) ? ask(use.handle) : 0;
		__atomic_store_n(&is_known, true, __ATOMIC_RELEASE);
	}
	return start_ns;
}
