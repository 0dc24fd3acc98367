/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Retyping memory, and taking it all back. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/config.h"
#include "kernel/destroy.h"
#include "kernel/frame.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/untyped.h"
#include "tests/check/check.h"
#include "tests/host/support/kernel_world.h"
#include "tests/host/support/random.h"

static size_t
free_bytes(const struct slot *slot)
{
	return untyped_free_bytes((const struct untyped *)slot->object);
}

static enum status
retype(struct slot *from, enum object_kind kind, uint32_t size)
{
	struct slot *placed = NULL;

	return world_retype(from, kind, size, 0, &placed);
}

static void
test_sizes(void **state)
{
	static const struct {
		enum object_kind kind;
		uint32_t size;
		enum status status;
	} cases[] = {
		{KIND_UNTYPED, 0, E_ARGUMENT},
		{KIND_UNTYPED, 100, E_ARGUMENT},
		{KIND_UNTYPED, PAGE_BYTES, E_OK},
		{KIND_UNTYPED, UINT32_MAX - 4095, E_MEMORY},
		{KIND_PROCESS, 0, E_ARGUMENT},
		{KIND_PROCESS, 8, E_ARGUMENT},
		{KIND_PROCESS, 48, E_ARGUMENT},
		{KIND_PROCESS, 8192, E_ARGUMENT},
		{KIND_PROCESS, 16, E_OK},
		{KIND_FRAME, 0, E_ARGUMENT},
		{KIND_FRAME, FRAME_PAGES_MAX + 1, E_ARGUMENT},
		{KIND_FRAME, UINT32_MAX, E_ARGUMENT},
		{KIND_FRAME, 3, E_OK},
		{KIND_THREAD, 1, E_ARGUMENT},
		{KIND_THREAD, 0, E_OK},
		{KIND_ENDPOINT, 1, E_ARGUMENT},
		{KIND_ENDPOINT, 0, E_OK},
		{KIND_NOTIFICATION, 0, E_OK},
		{KIND_REPLY, 0, E_OK},
		{KIND_REPLY, 5, E_ARGUMENT},
		{KIND_NONE, 0, E_ARGUMENT},
		{KIND_IRQ, 0, E_ARGUMENT},
		{KIND_AUDIT, 0, E_ARGUMENT},
		{KIND_POWER, 0, E_ARGUMENT},
		{(enum object_kind)255, 0, E_ARGUMENT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t before = free_bytes(world.memory);

		assert_int_equal(
			retype(world.memory, cases[i].kind, cases[i].size), cases[i].status);
		if (cases[i].status != E_OK) {
			assert_int_equal(free_bytes(world.memory), before);
		}
	}
}

/* Small memory is used up by every kind without a broken contract, and refused at its end. */
static void
test_exhaustion(void **state)
{
	static const enum object_kind kinds[] = {KIND_FRAME, KIND_THREAD, KIND_ENDPOINT, KIND_REPLY,
		KIND_NOTIFICATION, KIND_PROCESS, KIND_UNTYPED};
	static const uint32_t sizes[] = {1, 0, 0, 0, 0, 16, PAGE_BYTES};

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct slot *small = world_make(KIND_UNTYPED, 4 * PAGE_BYTES, 0);
		uint32_t made = 0;
		enum status status;

		while ((status = retype(small, kinds[i], sizes[i])) == E_OK) {
			made++;
		}
		assert_true(made > 0);
		while (untyped_reset_step(small)) {
		}
		assert_null(slot_child(small));
		assert_int_equal(retype(small, kinds[i], sizes[i]), E_OK);
	}
}

/* A new frame shows nothing of what was in its memory before. */
static void
test_cleared(void **state)
{
	struct slot *small = world_make(KIND_UNTYPED, 8 * PAGE_BYTES, 0);

	(void)state;
	for (int round = 0; round < 2; round++) {
		struct slot *placed = NULL;
		uint8_t *bytes;

		assert_int_equal(world_retype(small, KIND_FRAME, 4, 0, &placed), E_OK);
		bytes = arch_pointer(((struct frame *)placed->object)->address);
		for (size_t i = 0; i < 4 * PAGE_BYTES; i++) {
			assert_int_equal(bytes[i], 0);
		}
		memset(bytes, 0xee, 4 * PAGE_BYTES);
		while (untyped_reset_step(small)) {
		}
	}
}

/* A handle must not name what stood in the memory of a table before. */
static void
test_table_is_cleared(void **state)
{
	static const uint32_t sizes[] = {16, 64, 128, 1024, 4096};
	struct slot *small = world_make(KIND_UNTYPED, 64 * PAGE_BYTES, 0);
	struct untyped *untyped = (struct untyped *)small->object;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct slot *placed = NULL;
		const struct slot_table *table;

		memset(untyped->low, 0xee, untyped_free_bytes(untyped));
		assert_int_equal(world_retype(small, KIND_PROCESS, sizes[i], 0, &placed), E_OK);
		table = &((struct process *)placed->object)->table;
		for (uint32_t n = 1; n < sizes[i]; n++) {
			assert_null(table->slots[n].object);
			assert_int_equal(table->slots[n].handle, 0);
		}
		while (untyped_reset_step(small)) {
		}
	}
}

/* Objects never overlap, whatever order they are made in. */
static void
test_disjoint(void **state)
{
	struct slot *small = world_make(KIND_UNTYPED, 32 * PAGE_BYTES, 0);
	const uint8_t *low, *high;
	paddr_t frames[32];
	size_t count = 0;

	(void)state;
	random_start(5);
	for (;;) {
		struct slot *placed = NULL;
		bool is_frame = random_below(2) == 0;

		if (world_retype(small, is_frame ? KIND_FRAME : KIND_ENDPOINT, is_frame, 0,
			    &placed) != E_OK) {
			break;
		}
		low = ((const struct untyped *)small->object)->low;
		high = ((const struct untyped *)small->object)->high;
		assert_true(low <= high);
		if (is_frame) {
			frames[count] = ((struct frame *)placed->object)->address;
			for (size_t i = 0; i < count; i++) {
				assert_true(frames[i] != frames[count]);
			}
			assert_true(count++ < 31);
		} else {
			assert_true((const uint8_t *)placed->object < low);
		}
	}
	assert_true(count > 5);
}

static void
test_labels(void **state)
{
	struct slot *account = world_make(KIND_UNTYPED, 4 * PAGE_BYTES, 9);
	struct slot *placed = NULL;

	(void)state;
	assert_int_equal(account->label, 9);
	assert_int_equal(world_retype(account, KIND_ENDPOINT, 0, 0, &placed), E_OK);
	assert_int_equal(placed->label, 9);
	assert_int_equal(placed->object->label, 9);
	assert_int_equal(world_retype(account, KIND_ENDPOINT, 0, 11, &placed), E_OK);
	assert_int_equal(placed->label, 11);
}

/* No edge, no capability: the policy decides about every door, retype included. */
static void
test_denied(void **state)
{
	size_t used = world.memory->object->capabilities;

	(void)state;
	fake_monitor.closed_interface = KIND_FRAME;
	assert_int_equal(retype(world.memory, KIND_FRAME, 1), E_DENIED);
	assert_int_equal(retype(world.memory, KIND_ENDPOINT, 0), E_OK);
	assert_int_equal(world.memory->object->capabilities, used);
}

/* Nested memory, processes with capabilities in them: one reset takes all of it. */
static void
test_deep_reset(void **state)
{
	struct slot *outer = world_make(KIND_UNTYPED, 64 * PAGE_BYTES, 0);
	struct slot *inner = NULL, *slot = NULL;
	size_t steps = 0;

	(void)state;
	assert_int_equal(world_retype(outer, KIND_UNTYPED, 32 * PAGE_BYTES, 0, &inner), E_OK);
	for (int i = 0; i < 20; i++) {
		assert_int_equal(world_retype(inner, KIND_ENDPOINT, 0, 0, &slot), E_OK);
	}
	while (untyped_reset_step(outer)) {
		/* Frozen while it lasts: nothing new is made of it. */
		assert_int_equal(retype(outer, KIND_ENDPOINT, 0), E_STATE);
		assert_true(++steps < 100);
	}
	assert_true(steps > 1);
	assert_null(slot_child(outer));
	assert_int_equal(free_bytes(outer), 64 * PAGE_BYTES - OBJECT_ALIGN);
	assert_int_equal(retype(outer, KIND_ENDPOINT, 0), E_OK);
}

/* Memory that was cleared for a frame that nobody made in the end is used up by small objects from
 * the other side; what is left is as clean as ever. */
static void
test_cleared_for_nothing(void **state)
{
	struct slot *account = world_make(KIND_UNTYPED, 10 * PAGE_BYTES, 0);
	struct slot *slot = NULL;
	uint32_t count = 0;

	(void)state;
	memset((uint8_t *)account->object + OBJECT_ALIGN, 0xa5, 10 * PAGE_BYTES - OBJECT_ALIGN);
	assert_int_equal(
		untyped_retype(world.init, account, KIND_FRAME, 8, 0, &slot), STATUS_AGAIN);
	while (world_retype(account, KIND_NOTIFICATION, 0, 0, &slot) == E_OK) {
		for (size_t i = sizeof(struct object); i < sizeof(struct notification); i++) {
			assert_int_equal(((const uint8_t *)slot->object)[i], 0);
		}
		count++;
	}
	assert_int_equal(count, 10 * PAGE_BYTES / OBJECT_ALIGN - 1);
	kernel_check(NULL);
}

/* A page that came back is one page, wherever it lies: no frame is made of it and its neighbours.
 */
static void
test_page_that_came_back(void **state)
{
	struct slot *small = world_make(KIND_UNTYPED, 3 * PAGE_BYTES, 0);
	struct untyped *memory = (struct untyped *)small->object;
	void *page = untyped_take_page(memory);

	(void)state;
	memset(page, 0xa5, PAGE_BYTES);
	untyped_give_page(memory, page);
	assert_int_equal(untyped_free_pages(memory), 2);
	assert_int_equal(retype(small, KIND_FRAME, 1), E_MEMORY);
	assert_ptr_equal(untyped_take_page(memory), page);
	for (size_t i = 0; i < PAGE_BYTES; i++) {
		assert_int_equal(((uint8_t *)page)[i], 0);
	}
}

/* Who has a capability to what was made of it cannot make more of them while all of it goes: so
 * the end is as far away as it was. */
static void
test_reset_freezes(void **state)
{
	struct slot *account = world_make(KIND_UNTYPED, 2 * PAGE_BYTES, 3);
	struct slot *endpoint, *placed;
	uint32_t steps = 0;

	(void)state;
	assert_int_equal(untyped_retype(world.init, account, KIND_ENDPOINT, 0, 0, &endpoint), E_OK);
	const struct capability copy = {.object = endpoint->object, .label = 3, .rights = 7};
	for (int i = 0; i < 4; i++) {
		assert_int_equal(slot_place(world.init, &copy, endpoint, &placed), E_OK);
	}
	while (untyped_reset_step(account)) {
		if (endpoint->object == copy.object) {
			assert_int_equal(slot_place(world.init, &copy, endpoint, &placed), E_STATE);
		}
		assert_true(++steps < 10);
	}
	assert_true(steps > 4);
	assert_null(slot_child(account));
}

/* Page tables and buffers come from what nobody has cleared yet. */
static void
test_page_is_cleared(void **state)
{
	struct slot *account = world_make(KIND_UNTYPED, 4 * PAGE_BYTES, 3);
	struct untyped *untyped = (struct untyped *)account->object;

	(void)state;
	memset(untyped->low, 0xee, untyped_free_bytes(untyped));
	for (int page = 0; page < 2; page++) {
		const uint8_t *bytes = untyped_take_page(untyped);
		for (uint32_t at = 0; at < PAGE_BYTES; at++) {
			assert_int_equal(bytes[at], 0);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sizes, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_exhaustion, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_cleared, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_table_is_cleared, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_disjoint, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_labels, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_denied, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_deep_reset, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_cleared_for_nothing, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_page_that_came_back, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_reset_freezes, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_page_is_cleared, world_start, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
