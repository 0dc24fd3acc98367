/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The trace server: starts and stops the kernel's trace, and says its events in words. */
#include <stdlib.h>
#include <string.h>

#include "gatehouse/device.h"
#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "ksm/names/names.h"
#include "line.h"
#include "process_trace.h"
#include "ring.h"

#define LINE_BYTES 121 /* what Events.line gives at most, and its end */

static struct names names;

static uint32_t
start(void *context, const struct caller *caller)
{
	(void)context;
	(void)caller;
	return ring_start() ? E_OK : EVENTS_ERROR_REFUSED;
}

static uint32_t
stop(void *context, const struct caller *caller, uint32_t *out_events, uint32_t *out_lost)
{
	struct ring_counts counts = ring_stop();

	(void)context;
	(void)caller;
	*out_events = counts.events;
	*out_lost = counts.lost;
	return E_OK;
}

static uint32_t
line(void *context, const struct caller *caller, uint32_t number, void *out_line,
	uint32_t out_line_capacity, uint32_t *out_line_bytes)
{
	const struct trace_record *record = number == 0 ? NULL : ring_at(number - 1);
	char text[LINE_BYTES];

	(void)context;
	(void)caller;
	if (record == NULL) {
		return EVENTS_ERROR_ABSENT;
	}
	uint32_t length = line_write(&names, record, text, sizeof(text));
	*out_line_bytes = length < out_line_capacity ? length : out_line_capacity;
	memcpy(out_line, text, *out_line_bytes);
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct events_server events = {.start = start, .stop = stop, .line = line};

	return trace_serve(caller, message, &events);
}

int
main(void)
{
	static const struct server server = {.serve = serve};
	uint32_t bytes = process_info()->device_bytes;
	const uint8_t *policy = device_map_readonly(TRACE_POLICY, bytes);

	if (policy == NULL || !names_open(&names, policy, process_info()->system_offset)) {
		return EXIT_FAILURE;
	}
	if (!ring_open()) {
		return EXIT_FAILURE;
	}
	server_run(&server);
}
