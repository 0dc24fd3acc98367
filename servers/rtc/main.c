/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The calendar: what time it was when the machine started. */
#include <stdlib.h>

#include "gatehouse/device.h"
#include "gatehouse/server.h"
#include "pl031.h"
#include "process_rtc.h"

#define NS_PER_S UINT64_C(1000000000)

/* The beginning of 2024: before this was written, so nobody set a clock that says so. */
#define SECONDS_LEAST UINT32_C(1704067200)

/* libc-glue is built before any stub is, so it speaks this method by number. */
_Static_assert(CALENDAR_EPOCH == 1, "as libc-glue/calendar.c has it");

static volatile void *device;

static uint32_t
serve_epoch(void *context, const struct caller *caller, uint64_t *out_start_ns)
{
	static uint64_t start_ns; /* once known it stays: all who ask hear the same */

	(void)context;
	(void)caller;
	if (start_ns == 0) {
		uint32_t seconds = pl031_seconds(device);

		if (seconds < SECONDS_LEAST) {
			return CALENDAR_ERROR_UNSET;
		}
		start_ns = seconds * NS_PER_S - sys_clock();
	}
	*out_start_ns = start_ns;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct calendar_server calendar = {.epoch = serve_epoch};

	return rtc_serve(caller, message, &calendar);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	device = device_map(RTC_RTC_REGISTERS, PL031_BYTES);
	if (device == NULL || !pl031_open(device)) {
		return EXIT_FAILURE;
	}
	server_run(&server);
}
