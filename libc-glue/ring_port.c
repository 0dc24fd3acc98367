/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One end of a ring that waits: signals between the two processes, only when one sleeps. */
#include "gatehouse/ring_port.h"

#include "gatehouse/syscall.h"

static void
port_wake(struct ring_port *port, bool wake)
{
	if (wake) {
		port->signals++;
		(void)sys_signal(port->bell); /* who is gone needs no waking */
	}
}

/* RING_OK: look again. */
static enum ring_status
port_wait(struct ring_port *port, uint32_t steps, uint64_t deadline_ns)
{
	enum ring_status status = ring_want(&port->ring, steps);
	uint32_t bits = 0;

	if (status != RING_WAIT) {
		return status;
	}
	if ((deadline_ns != 0 && sys_deadline(deadline_ns) != E_OK) ||
		sys_wait(port->notification, &bits) != E_OK) {
		return RING_WAIT;
	}
	port->bits |= bits;
	return RING_OK;
}

enum ring_status
ring_port_put(struct ring_port *port, const void *record, uint64_t deadline_ns)
{
	enum ring_status status = RING_OK;
	/* Half of the room, so that the two do not wake each other for every record. */
	uint32_t steps = (port->ring.count + 1) / 2;
	bool wake;

	while (status == RING_OK) {
		status = ring_put(&port->ring, record, &wake);
		port_wake(port, wake);
		if (status != RING_WAIT) {
			return status;
		}
		status = port_wait(port, steps, deadline_ns);
	}
	return status;
}

enum ring_status
ring_port_take(struct ring_port *port, void *record, uint64_t deadline_ns)
{
	enum ring_status status = RING_OK;
	bool wake;

	while (status == RING_OK) {
		status = ring_take(&port->ring, record, &wake);
		port_wake(port, wake);
		if (status != RING_WAIT) {
			return status;
		}
		status = port_wait(port, 1, deadline_ns);
	}
	return status;
}
