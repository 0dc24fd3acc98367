/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One end of a ring that waits: signals between the two processes, only when one sleeps. */
#ifndef GATEHOUSE_RING_PORT_H
#define GATEHOUSE_RING_PORT_H

#include "gatehouse/ring.h"

struct ring_port {
	struct ring ring;
	uint32_t bell;         /* signal capability: the peer's notification */
	uint32_t notification; /* where the peer's signals arrive */
	uint32_t bits;         /* all that arrived there: others may ring it, too */
	uint32_t signals;      /* sent so far */
};

/*
 * Puts a record, takes one, and waits until that can be done; deadline_ns 0: for ever. RING_WAIT:
 * the wait ended without (its deadline, a cancelled wait, a handle that names nothing), or would
 * not end at one (the process is told no time). RING_BROKEN: see ring.h.
 */
enum ring_status ring_port_put(struct ring_port *port, const void *record, uint64_t deadline_ns);
enum ring_status ring_port_take(struct ring_port *port, void *record, uint64_t deadline_ns);

#endif
