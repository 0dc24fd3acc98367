/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Rings: a stream of records of one size, in one direction, through memory that two processes
 * share. One producer, one consumer. The kernel sees neither records nor indexes: a policy that
 * lets two processes share memory has said all that it can say about what flows there.
 *
 * Neither side trusts the other. Each keeps its own index where the other cannot write and only
 * publishes it; what the other published is read once and checked before it is used. The worst that
 * a peer can do is to send wrong records, or none.
 */
#ifndef GATEHOUSE_RING_H
#define GATEHOUSE_RING_H

#include <stdbool.h>
#include <stdint.h>

#include "gatehouse/ring_order.h"

/* What one side publishes: written by it alone. All zero at the start. */
struct ring_side {
	struct ring_word index;  /* records put, or taken; it wraps */
	struct ring_word wanted; /* the peer's step that it waits for: the peer signals behind it */
	uint32_t reserved[14];   /* the other side's words stand in another cache line */
};

_Static_assert(sizeof(struct ring_side) == 64, "the same in both processes");

enum ring_status {
	RING_OK,
	RING_WAIT,  /* full, or empty */
	RING_BROKEN /* the peer published an index that cannot be; nothing works from now on */
};

struct ring {
	struct ring_side *own;
	const struct ring_side *peer;
	uint8_t *records;
	uint32_t record_bytes;
	uint32_t count;      /* of records that fit: a power of two */
	uint32_t index;      /* own, which is believed */
	uint32_t peer_index; /* as it was last read */
	uint32_t reach; /* how far the peer may be ahead: 0 of a producer, count of a consumer */
	bool is_broken;
};

/*
 * own, peer: what the two sides publish; this process need not be able to write `peer`.
 * records: count * record_bytes bytes. Returns false, and the ring is not to be used, unless count
 * is a power of two and both are at least 1.
 */
bool ring_producer(struct ring *ring, struct ring_side *own, const struct ring_side *peer,
	void *records, uint32_t record_bytes, uint32_t count);
bool ring_consumer(struct ring *ring, struct ring_side *own, const struct ring_side *peer,
	void *records, uint32_t record_bytes, uint32_t count);

/* Copies a record into the ring; out of it. What came out must be checked as a message must: the
 * copy is what nobody changes any more. *wake: the peer waits for this, signal it. */
enum ring_status ring_put(struct ring *ring, const void *record, bool *wake);
enum ring_status ring_take(struct ring *ring, void *record, bool *wake);

/*
 * Says that this side wants to be signalled when the peer has gone on by so many records (1 to
 * count) from where it was last seen. RING_WAIT: it has not, the signal will come. RING_OK: it has,
 * go on.
 */
enum ring_status ring_want(struct ring *ring, uint32_t steps);

#endif
