/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Handles, generations, placement, and the derivation list against a model. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_monitor.h"
#include "kernel/config.h"
#include "kernel/destroy.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "tests/host/support/kernel_world.h"
#include "tests/host/support/random.h"

#define NODES 48

/* A copy of `parent` in the table of `holder`. */
static enum status
place(struct process *holder, struct slot *parent, struct slot **placed)
{
	struct capability copy = {.object = parent->object,
		.label = parent->label,
		.interface = INTERFACE_USER,
		.rights = 1};

	return slot_place(holder, &copy, parent, placed);
}

static void
test_first_handles(void **state)
{
	struct process *process = world_process(1);
	const struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);

	(void)state;
	for (uint32_t i = 1; i <= 6; i++) {
		assert_int_equal(world_grant(process, endpoint, INTERFACE_USER, RIGHT_SEND, i),
			HANDLE_INITIAL(i));
	}
	assert_int_equal(slot_skip(&process->table), E_OK);
	assert_null(slot_find(&process->table, HANDLE_INITIAL(7)));
	assert_int_equal(
		world_grant(process, endpoint, INTERFACE_USER, RIGHT_SEND, 8), HANDLE_INITIAL(8));
	assert_int_equal(slot_find(&process->table, HANDLE_INITIAL(8))->badge, 8);
	assert_ptr_equal(slot_owner(slot_find(&process->table, HANDLE_INITIAL(8))), process);
}

static void
test_guessed_handles(void **state)
{
	struct process *process = world_process(1);
	const struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);
	uint32_t good = world_grant(process, endpoint, INTERFACE_USER, RIGHT_SEND, 0);
	uint32_t found = 0;

	(void)state;
	random_start(6);
	for (uint32_t index = 0; index <= HANDLE_INDEX_MASK; index++) {
		assert_null(slot_find(&process->table, index));
		assert_null(slot_find(&process->table, 0xfffff000u | index));
		found += slot_find(&process->table, HANDLE_INITIAL(index)) != NULL;
	}
	assert_int_equal(found, 1);
	for (uint32_t i = 0; i < 100000; i++) {
		uint32_t guess = (uint32_t)random_next();

		assert_true(guess == good || slot_find(&process->table, guess) == NULL);
	}
}

/* A deleted capability's handle never names its slot's next one. */
static void
test_generations(void **state)
{
	struct process *process = world_process(1);
	struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);
	struct slot *slot = NULL;
	uint32_t count = 0, before[64];

	(void)state;
	while (place(process, endpoint, &slot) == E_OK) {
		before[count++] = slot->handle;
	}
	assert_int_equal(count, 63);
	assert_int_equal(place(process, endpoint, &slot), E_LIMIT);
	for (uint32_t i = 0; i < count; i++) {
		world_delete(slot_find(&process->table, before[i]));
	}
	for (uint32_t i = 0; i < count; i++) {
		assert_int_equal(place(process, endpoint, &slot), E_OK);
		/* First in, first out: the slot that was freed first is used first. */
		assert_int_equal(slot->handle, before[i] + (1u << HANDLE_INDEX_BITS));
		assert_null(slot_find(&process->table, before[i]));
	}
}

/* The generation is never 0: after its last value it starts again at 1. */
static void
test_generation_wraps(void **state)
{
	struct process *process = world_process(1);
	struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);
	struct slot *slot = NULL;

	(void)state;
	while (place(process, endpoint, &slot) == E_OK) {
	}
	slot = &process->table.slots[5];
	slot->handle = UINT32_MAX << HANDLE_INDEX_BITS | 5;
	world_delete(slot);
	assert_int_equal(place(process, endpoint, &slot), E_OK);
	assert_int_equal(slot->handle, HANDLE_INITIAL(5));
}

static void
test_placement_refused(void **state)
{
	struct process *process = world_process(1);
	struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);
	struct slot *slot = NULL;
	uint32_t fresh = process->table.fresh;

	(void)state;
	fake_monitor.closed_interface = INTERFACE_USER;
	assert_int_equal(place(process, endpoint, &slot), E_DENIED);
	fake_monitor.closed_interface = 0;
	endpoint->object->frozen = 1;
	assert_int_equal(place(process, endpoint, &slot), E_STATE);
	endpoint->object->frozen = 0;
	assert_null(slot);
	assert_int_equal(process->table.fresh, fresh);
	assert_int_equal(endpoint->object->capabilities, 1);
}

/* The monitor judges by the interface, the kernel acts by the object: both must mean the same. */
static void
test_interface_fits(void **state)
{
	static const struct {
		enum object_kind kind;
		uint8_t rights;
		uint16_t interface;
		bool fits;
	} cases[] = {
		{KIND_ENDPOINT, RIGHT_SEND, INTERFACE_USER, true},
		{KIND_ENDPOINT, RIGHT_SEND, UINT16_MAX, true},
		{KIND_ENDPOINT, RIGHT_SEND, KIND_ENDPOINT, false},
		{KIND_ENDPOINT, RIGHT_SEND, INTERFACE_FAULT, false},
		{KIND_ENDPOINT, 7, KIND_ENDPOINT, true},
		{KIND_ENDPOINT, 7, INTERFACE_USER, false},
		{KIND_ENDPOINT, RIGHT_RECEIVE, 0, true},
		{KIND_NOTIFICATION, RIGHT_SEND, INTERFACE_SIGNAL, true},
		{KIND_NOTIFICATION, RIGHT_SEND, INTERFACE_USER, false},
		{KIND_NOTIFICATION, 7, INTERFACE_SIGNAL, false},
		{KIND_NOTIFICATION, 7, KIND_NOTIFICATION, true},
		{KIND_REPLY, 7, KIND_REPLY, true},
		{KIND_REPLY, 7, KIND_PROCESS, false},
		{KIND_THREAD, 7, KIND_UNTYPED, false},
		{KIND_THREAD, RIGHT_SEND, INTERFACE_USER, false},
	};
	struct process *process = world_process(1);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct slot *source = world_make(cases[i].kind, 0, 3);
		struct capability wanted = {
			.label = 3, .interface = cases[i].interface, .rights = cases[i].rights};
		uint32_t granted;

		assert_int_equal(
			process_grant(process, world.init, source->handle, &wanted, &granted),
			cases[i].fits ? E_OK : E_ARGUMENT);
	}
}

/* A chain of copies of copies ends before its depth wraps. */
static void
test_depth(void **state)
{
	struct process *process = world_process(1);
	struct process *other = world_process(2);
	struct slot *slot = world_make(KIND_ENDPOINT, 0, 3);
	uint32_t made = 0;
	enum status status;

	(void)state;
	while ((status = place(made % 2 == 0 ? process : other, slot, &slot)) == E_OK &&
		made < 300) {
		made++;
	}
	assert_int_equal(status, E_LIMIT);
	assert_int_equal(made, 2 * 63);
}

static void
test_depth_limit(void **state)
{
	struct slot *slot = world_make(KIND_ENDPOINT, 0, 3);
	uint32_t made = 0;
	enum status status;

	(void)state;
	while ((status = place(world.init, slot, &slot)) == E_OK && made < 300) {
		made++;
	}
	assert_int_equal(status, E_LIMIT);
	assert_in_range(made, 200, 255);
}

/* What the list should say, kept as parents. */
struct node {
	struct slot *slot;
	int parent; /* index, -1 none */
	bool is_used;
};

static struct node nodes[NODES];

static bool
descends(int from, int ancestor)
{
	for (int i = nodes[from].parent; i >= 0; i = nodes[i].parent) {
		if (i == ancestor) {
			return true;
		}
	}
	return false;
}

static int
node_of(const struct slot *slot)
{
	for (int i = 0; i < NODES; i++) {
		if (nodes[i].is_used && nodes[i].slot == slot) {
			return i;
		}
	}
	return -1;
}

/* Each slot's descendants, in the list and in the model, are the same set. */
static void
check_model(void)
{
	for (int i = 0; i < NODES; i++) {
		int expected = 0, found = 0;

		if (!nodes[i].is_used) {
			continue;
		}
		for (int j = 0; j < NODES; j++) {
			expected += nodes[j].is_used && descends(j, i);
		}
		for (struct slot *child = slot_child(nodes[i].slot); child != NULL;
			child = world_descendant_after(nodes[i].slot, child)) {
			int which = node_of(child);

			assert_true(which >= 0 && descends(which, i));
			found++;
		}
		assert_int_equal(found, expected);
	}
}

static void
add_node(int parent)
{
	for (int i = 0; i < NODES; i++) {
		if (!nodes[i].is_used) {
			assert_int_equal(
				place(world.init, nodes[parent].slot, &nodes[i].slot), E_OK);
			nodes[i].is_used = true;
			nodes[i].parent = parent;
			return;
		}
	}
}

/* Its children become its parent's. */
static void
remove_node(int node)
{
	for (int i = 0; i < NODES; i++) {
		if (nodes[i].is_used && nodes[i].parent == node) {
			nodes[i].parent = nodes[node].parent;
		}
	}
	world_delete(nodes[node].slot);
	nodes[node].is_used = false;
}

static void
test_derivation(void **state)
{
	(void)state;
	random_start(7);
	for (int i = 0; i < NODES; i++) {
		nodes[i] = (struct node){.parent = -1};
	}
	nodes[0] = (struct node){world_make(KIND_ENDPOINT, 0, 3), -1, true};
	for (int step = 0; step < 3000; step++) {
		int which = (int)random_below(NODES);

		if (!nodes[which].is_used) {
			continue;
		}
		if (which != 0 && random_below(5) < 2) {
			remove_node(which);
		} else {
			add_node(which);
		}
		check_model();
	}
}

/* A server takes back what it gave. Whoever stands above it gives the endpoint to others meanwhile,
 * and when the server dies half-way nothing stays frozen. */
static void
test_revoke_below(void **state)
{
	struct process *process = world_process(1);
	struct slot *top = world_make(KIND_ENDPOINT, 0, 3);
	struct slot *server, *client, *placed;

	(void)state;
	assert_int_equal(place(process, top, &server), E_OK);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(place(world.init, server, &client), E_OK);
	}
	for (int i = 0; i < 2; i++) {
		assert_true(capability_revoke_step(server));
		assert_int_equal(place(world.init, top, &placed), E_OK);
		assert_int_equal(place(world.init, placed, &placed), E_STATE); /* as deep */
		assert_int_equal(place(world.init, server, &placed), E_STATE);
		assert_int_equal(place(world.init, slot_child(server), &placed), E_STATE);
	}
	while (process_drain_step(process)) {
	}
	assert_null(server->object);
	assert_int_equal(top->object->frozen, 0);
	assert_int_equal(place(world.init, slot_child(top), &placed), E_OK);
}

/* Of two revokes of one object the higher one freezes more, whichever began first. */
static void
test_revokes_of_one(void **state)
{
	struct slot *top = world_make(KIND_ENDPOINT, 0, 3);
	struct slot *server, *client, *placed;

	(void)state;
	assert_int_equal(place(world.init, top, &server), E_OK);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(place(world.init, server, &client), E_OK);
	}
	assert_true(capability_revoke_step(server));
	assert_true(capability_revoke_step(top));
	assert_true(capability_revoke_step(server));
	assert_int_equal(place(world.init, top, &placed), E_STATE);
	while (capability_revoke_step(server)) {
	}
	assert_true(capability_revoke_step(top));
	assert_int_equal(place(world.init, top, &placed), E_STATE);
	while (capability_revoke_step(top)) {
	}
	assert_int_equal(place(world.init, top, &placed), E_OK);
}

/* A copy has no right that its original has not, and none at all is no capability. */
static void
test_grant_rights(void **state)
{
	struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);
	const struct capability copy = {
		.object = endpoint->object, .label = 3, .rights = RIGHT_RECEIVE};
	struct process *process = world_process(1);
	struct slot *lesser;
	uint32_t granted;

	(void)state;
	assert_int_equal(slot_place(world.init, &copy, endpoint, &lesser), E_OK);
	for (uint8_t rights = 0; rights <= RIGHTS_ALL + 1; rights++) {
		const struct capability wanted = {.label = 3, .rights = rights};
		enum status status =
			process_grant(process, world.init, lesser->handle, &wanted, &granted);
		assert_int_equal(status, rights == RIGHT_RECEIVE ? E_OK
					 : rights > RIGHTS_ALL   ? E_ARGUMENT
								 : E_HANDLE);
	}
	assert_int_equal(slot_find(&process->table, granted)->rights & RIGHTS_ALL, RIGHT_RECEIVE);
}

/* Who a process is: by one that manages the endpoint of its faults, within bounds, once. */
static void
test_configure(void **state)
{
	struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);
	const struct capability copy = {
		.object = endpoint->object, .label = 3, .rights = RIGHT_RECEIVE};
	struct process *process = (struct process *)world_make(KIND_PROCESS, 16, 4)->object;
	struct process *other = (struct process *)world_make(KIND_PROCESS, 16, 4)->object;
	struct slot *lesser;

	(void)state;
	assert_int_equal(slot_place(world.init, &copy, endpoint, &lesser), E_OK);
	const struct {
		uint32_t handle;
		uint16_t identity[2];
		uint8_t priority;
		enum status status;
	} cases[] = {
		{lesser->handle, {4, 2}, 9, E_HANDLE},
		{world.memory->handle, {4, 2}, 9, E_HANDLE},
		{endpoint->handle, {4, 2}, PRIORITIES, E_ARGUMENT},
		{endpoint->handle, {LABEL_KERNEL, 2}, 9, E_ARGUMENT},
		{endpoint->handle, {4, FAKE_INSTANCES}, 9, E_ARGUMENT},
		{endpoint->handle, {4, 2}, PRIORITIES - 1, E_OK},
		{endpoint->handle, {4, 3}, 9, E_STATE},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(process_configure(process, world.init, cases[i].handle, 7,
					 cases[i].identity, cases[i].priority),
			cases[i].status);
	}
	assert_int_equal(
		process_configure(other, world.init, endpoint->handle, 7, cases[5].identity, 9),
		E_STATE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_grant_rights, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_configure, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_first_handles, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_guessed_handles, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_generations, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_generation_wraps, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_placement_refused, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_interface_fits, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_depth, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_depth_limit, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_derivation, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_revoke_below, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_revokes_of_one, world_start, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
