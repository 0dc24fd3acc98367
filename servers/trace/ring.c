/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The frame that the kernel writes its events to (abi/trace.h). */
#include "ring.h"

#include <stddef.h>

#include "abi/abi.h"
#include "gatehouse/device.h"
#include "gen/core/trace.h"
#include "gen/core/untyped.h"
#include "process_trace.h"

#define RING_PAGES 32u /* 4095 events */

static uint32_t frame;
static const struct trace_header *header;

bool
ring_open(void)
{
	if (untyped_retype(HANDLE_ACCOUNT, RING_PAGES, LABEL_NONE, KIND_FRAME, &frame) != E_OK) {
		return false;
	}
	header = device_map_readonly(frame, RING_PAGES * PAGE_BYTES);
	return header != NULL;
}

bool
ring_start(void)
{
	(void)trace_stop(TRACE_TRACE);
	return trace_start(TRACE_TRACE, frame, TRACE_EVERYTHING) == E_OK;
}

struct ring_counts
ring_stop(void)
{
	(void)trace_stop(TRACE_TRACE);
	uint32_t written = header->written;
	uint32_t lost = written > header->capacity ? written - header->capacity : 0;
	return (struct ring_counts){.events = written - lost, .lost = lost};
}

const struct trace_record *
ring_at(uint32_t number)
{
	const struct trace_record *records = (const struct trace_record *)(header + 1);
	uint32_t written = header->written;
	uint32_t lost = written > header->capacity ? written - header->capacity : 0;

	return number < written - lost ? &records[(lost + number) % header->capacity] : NULL;
}
