/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * kernel/monitor.h without a policy: grants everything, unless a test says otherwise, and remembers
 * what it was asked. The real monitor is tested with the engine, and both together by booting.
 */
#ifndef FAKE_ARCH_FAKE_MONITOR_H
#define FAKE_ARCH_FAKE_MONITOR_H

#include <stdbool.h>
#include <stdint.h>

#define FAKE_EDGES     1024u
#define FAKE_INSTANCES 8u

struct fake_monitor {
	/* What a test sets. */
	bool deny_requests, deny_replies, deny_signals;
	uint16_t closed_interface; /* no edge exists over it */
	uint32_t epoch;
	/* What the kernel asked for. */
	uint32_t edges;
	uint32_t requests, replies, signals; /* judged, granted or not */
	uint32_t refusals;                   /* what the kernel itself refused and had recorded */
	uint8_t refused_reason;              /* of the last one: enum ksm_reason */
	uint32_t refused_handle;
	uint8_t request[64]; /* the first bytes of the last request */
};

extern struct fake_monitor fake_monitor;

/* Grants everything, has counted nothing. Edges stay: slots name them. */
void fake_monitor_reset(void);

#endif
