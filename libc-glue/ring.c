/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Rings: records through shared memory. Indexes count for ever and wrap at 2^32, so full and empty
 * differ without a slot lost. The peer's index has to lie between what it was and what it can be at
 * most; anything else is refused for good.
 */
#include "gatehouse/ring.h"

static bool
ring_open(struct ring *ring, struct ring_side *own, const struct ring_side *peer,
	uint32_t record_bytes, uint32_t count)
{
	*ring = (struct ring){
		.own = own,
		.peer = peer,
		.record_bytes = record_bytes,
		.count = count,
	};
	return record_bytes != 0 && count != 0 && (count & (count - 1)) == 0;
}

bool
ring_producer(struct ring *ring, struct ring_side *own, const struct ring_side *peer, void *records,
	uint32_t record_bytes, uint32_t count)
{
	bool is_valid = ring_open(ring, own, peer, record_bytes, count);

	ring->records = records;
	return is_valid;
}

bool
ring_consumer(struct ring *ring, struct ring_side *own, const struct ring_side *peer, void *records,
	uint32_t record_bytes, uint32_t count)
{
	bool is_valid = ring_open(ring, own, peer, record_bytes, count);

	ring->records = records;
	ring->reach = count;
	return is_valid;
}

/* How many steps the peer has to go until it can go no further, from an index of its. */
static uint32_t
steps_left(const struct ring *ring, uint32_t peer_index)
{
	return ring->index + ring->reach - peer_index;
}

/* Reads the peer's index, once, and believes it only if it went forward, and not too far. */
static bool
ring_look(struct ring *ring)
{
	uint32_t index = ring_load(&ring->peer->index);

	if (index - ring->peer_index > steps_left(ring, ring->peer_index)) {
		ring->is_broken = true;
	} else {
		ring->peer_index = index;
	}
	return !ring->is_broken;
}

/* A producer is as far from the end of its room as the consumer is behind it by `count`; a consumer
 * from the end of its records as the producer is ahead. */
static bool
is_stuck(const struct ring *ring)
{
	return steps_left(ring, ring->peer_index) == ring->count;
}

static enum ring_status
ring_check(struct ring *ring)
{
	if (ring->is_broken || (is_stuck(ring) && !ring_look(ring))) {
		return RING_BROKEN;
	}
	return is_stuck(ring) ? RING_WAIT : RING_OK;
}

static uint8_t *
ring_record(const struct ring *ring)
{
	uint32_t place = ring->index & (ring->count - 1);

	return ring->records + (uintptr_t)place * ring->record_bytes;
}

/* One step is published. The peer wants to hear of it if it is the one that it named: so a peer
 * that said nothing new costs no further signal. */
static bool
ring_step(struct ring *ring)
{
	uint32_t step = ring->index++;

	ring_store(&ring->own->index, ring->index);
	ring_fence();
	return ring_load(&ring->peer->wanted) == step;
}

enum ring_status
ring_put(struct ring *ring, const void *record, bool *wake)
{
	enum ring_status status = ring_check(ring);

	*wake = false;
	if (status == RING_OK) {
		ring_copy(ring_record(ring), record, ring->record_bytes);
		*wake = ring_step(ring);
	}
	return status;
}

enum ring_status
ring_take(struct ring *ring, void *record, bool *wake)
{
	enum ring_status status = ring_check(ring);

	*wake = false;
	if (status == RING_OK) {
		ring_copy(record, ring_record(ring), ring->record_bytes);
		*wake = ring_step(ring);
	}
	return status;
}

enum ring_status
ring_want(struct ring *ring, uint32_t steps)
{
	uint32_t seen = ring->peer_index;

	if (ring->is_broken) {
		return RING_BROKEN;
	}
	ring_store(&ring->own->wanted, seen + steps - 1);
	ring_fence();
	if (!ring_look(ring)) {
		return RING_BROKEN;
	}
	return ring->peer_index - seen < steps ? RING_WAIT : RING_OK;
}
