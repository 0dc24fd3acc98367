/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Rings: in order, over the wrap of their indexes, and whatever a hostile peer publishes. */
/* test: libc-glue/ring.c tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gatehouse/ring.h"
#include "tests/host/support/random.h"

#define COUNT 4u

static struct ring_side sides[2];
static uint32_t *records; /* from the heap, so that what lies beside them is watched */
static struct ring producer;
static struct ring consumer;
static bool wake;

static int
setup(void **state)
{
	(void)state;
	memset(sides, 0, sizeof(sides));
	records = calloc(COUNT, sizeof(*records));
	assert_non_null(records);
	assert_true(ring_producer(&producer, &sides[0], &sides[1], records, 4, COUNT));
	assert_true(ring_consumer(&consumer, &sides[1], &sides[0], records, 4, COUNT));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(records);
	return 0;
}

/* Both sides as after so many records. */
static void
begin_at(uint32_t index)
{
	ring_store(&sides[0].index, index);
	ring_store(&sides[1].index, index);
	producer.index = producer.peer_index = index;
	consumer.index = consumer.peer_index = index;
}

static enum ring_status
put(uint32_t value)
{
	return ring_put(&producer, &value, &wake);
}

static void
expect_taken(uint32_t expected)
{
	uint32_t value = 0;

	assert_int_equal(ring_take(&consumer, &value, &wake), RING_OK);
	assert_int_equal(value, expected);
}

static void
test_order(void **state)
{
	uint32_t put_count = 0, taken = 0, value;

	(void)state;
	random_start(3);
	begin_at(UINT32_MAX - 500);
	while (taken < 1000) {
		if (random_below(2) == 0) {
			bool is_full = put_count - taken == COUNT;
			assert_int_equal(put(put_count), is_full ? RING_WAIT : RING_OK);
			put_count += !is_full;
		} else if (put_count != taken) {
			expect_taken(taken++);
		} else {
			assert_int_equal(ring_take(&consumer, &value, &wake), RING_WAIT);
		}
	}
}

/* One signal for each time that somebody said that he waits, none else. */
static void
test_wake(void **state)
{
	uint32_t value;

	(void)state;
	begin_at(100);
	assert_int_equal(put(1), RING_OK);
	assert_false(wake);
	expect_taken(1);
	assert_int_equal(ring_take(&consumer, &value, &wake), RING_WAIT);
	assert_int_equal(ring_want(&consumer, 1), RING_WAIT);
	assert_int_equal(put(2), RING_OK);
	assert_true(wake);
	assert_int_equal(put(3), RING_OK);
	assert_false(wake);
	assert_int_equal(ring_want(&consumer, 1), RING_OK);
	assert_int_equal(put(4), RING_OK);
	assert_int_equal(put(5), RING_OK);
	assert_int_equal(put(6), RING_WAIT);
	assert_int_equal(ring_want(&producer, 2), RING_WAIT);
	expect_taken(2);
	assert_false(wake);
	expect_taken(3);
	assert_true(wake);
	expect_taken(4);
	assert_false(wake);
	assert_int_equal(ring_want(&producer, 2), RING_OK);
}

static void
test_sizes(void **state)
{
	struct ring ring;

	(void)state;
	assert_false(ring_producer(&ring, &sides[0], &sides[1], records, 4, 0));
	assert_false(ring_producer(&ring, &sides[0], &sides[1], records, 4, 3));
	assert_false(ring_consumer(&ring, &sides[0], &sides[1], records, 0, 4));
	assert_true(ring_consumer(&ring, &sides[0], &sides[1], records, 4, 1));
}

/* An index that no honest peer has: refused, and for good. */
static void
expect_broken(struct ring *ring, bool puts, struct ring_side *peer, uint32_t index)
{
	uint32_t value = 0;
	uint32_t before = ring->index;

	ring_store(&peer->index, index);
	assert_int_equal(
		puts ? ring_put(ring, &value, &wake) : ring_take(ring, &value, &wake), RING_BROKEN);
	assert_int_equal(ring_want(ring, 1), RING_BROKEN);
	ring_store(&peer->index, before);
	assert_int_equal(
		puts ? ring_put(ring, &value, &wake) : ring_take(ring, &value, &wake), RING_BROKEN);
	assert_int_equal(ring->index, before);
	assert_false(wake);
}

static void
test_hostile_producer(void **state)
{
	static const uint32_t ahead[] = {COUNT + 1, 2 * COUNT, 1000, 0x80000000, UINT32_MAX};
	uint32_t value;

	(void)state;
	for (size_t i = 0; i < sizeof(ahead) / sizeof(ahead[0]); i++) {
		teardown(state);
		setup(state);
		begin_at(70);
		expect_broken(&consumer, false, &sides[0], 70 + ahead[i]);
	}
	/* Back behind what was published before. */
	teardown(state);
	setup(state);
	begin_at(70);
	ring_store(&sides[0].index, 73);
	assert_int_equal(ring_want(&consumer, 4), RING_WAIT);
	ring_store(&sides[0].index, 72);
	assert_int_equal(ring_want(&consumer, 4), RING_BROKEN);
	/* Not even the records that it has seen before. */
	assert_int_equal(ring_take(&consumer, &value, &wake), RING_BROKEN);
}

static void
test_hostile_consumer(void **state)
{
	static const uint32_t behind[] = {COUNT + 1, 1000, 0x80000000, UINT32_MAX};

	(void)state;
	for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
		teardown(state);
		setup(state);
		begin_at(70);
		for (uint32_t k = 0; k < COUNT; k++) {
			assert_int_equal(put(k), RING_OK);
		}
		expect_broken(&producer, true, &sides[1], 74 - behind[i]);
	}
}

/* Whatever stands in shared memory, at whatever moment: no access beside the records (the heap is
 * watched), no step but one at a time. */
static void
test_random_peer(void **state)
{
	uint32_t value, broken = 0;

	random_start(11);
	for (uint32_t round = 0; round < 2000; round++) {
		struct ring *ring = random_below(2) == 0 ? &producer : &consumer;
		struct ring_side *peer = ring == &producer ? &sides[1] : &sides[0];

		teardown(state);
		setup(state);
		begin_at((uint32_t)random_next());
		for (uint32_t i = 0; i < 30; i++) {
			uint32_t before = ring->index;
			uint32_t index = random_below(3) == 0
						 ? (uint32_t)random_next()
						 : ring->index + (uint32_t)random_below(6);
			ring_store(
				&peer->index, ring == &producer ? 2 * ring->index - index : index);
			ring_store(&peer->wanted, before + (uint32_t)random_below(3) - 1);
			enum ring_status status = ring == &producer
							  ? ring_put(ring, &i, &wake)
							  : ring_take(ring, &value, &wake);
			assert_int_equal(ring->index - before, status == RING_OK);
			broken += status == RING_BROKEN;
			(void)ring_want(ring, 1 + (uint32_t)random_below(COUNT));
		}
	}
	assert_true(broken > 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wake, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sizes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hostile_producer, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hostile_consumer, setup, teardown),
		cmocka_unit_test_setup_teardown(test_random_peer, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
