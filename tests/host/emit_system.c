/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The system blob: slots in their promised order, memory by the formula, limits with a sentence. */
/* test: ksm/gate/emit_system.c ksm/gate/system_memory.c ksm/gate/slots.c ksm/gate/wire.c
 *       ksm/gate/buffer.c ksm/gate/vector.c ksm/gate/arena.c
 *       tests/host/support/policy_fixture.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "abi/abi.h"
#include "abi/system.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/emit_system.h"
#include "ksm/gate/slots.h"
#include "tests/host/support/policy_fixture.h"

static const struct system_program programs[4] = {
	{.is_known = false},
	{.is_known = true, .text_pages = 20, .data_pages = 2, .bss_pages = 10},
	{.is_known = true, .text_pages = 600, .data_pages = 1, .bss_pages = 0},
	{.is_known = false},
};

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* A host of the other byte order would read the blob like init does not. */
static const struct system_header *
blob_make(struct buffer *blob)
{
	struct system_result result;

	buffer_init(blob, &arena);
	result = emit_system(fixture_l1(), fixture_board(), programs, blob);
	assert_null(result.sentence);
	return (const struct system_header *)(const void *)blob->bytes;
}

static const struct system_capability *
capability(const struct system_header *header, uint32_t index)
{
	return (const struct system_capability *)(const void *)((const uint8_t *)header +
								header->capabilities) +
	       index;
}

static const struct system_instance *
instance(const struct system_header *header, uint32_t index)
{
	return (const struct system_instance *)(const void *)((const uint8_t *)header +
							      header->instances) +
	       index;
}

static const char *
string(const struct system_header *header, uint32_t offset)
{
	assert_in_range(offset, 0, header->strings_bytes - 1);
	return (const char *)header + header->strings + offset;
}

static void
test_header(void **state)
{
	struct buffer blob;
	struct buffer again;
	const struct system_header *header = blob_make(&blob);

	(void)state;
	(void)blob_make(&again);
	assert_memory_equal(blob.bytes, again.bytes, blob.size);
	assert_int_equal(header->magic, SYSTEM_MAGIC);
	assert_int_equal(header->length_bytes, blob.size);
	assert_int_equal(header->instance_count, 3);
	assert_memory_equal(header->abi_digest, fixture_l1()->abi_digest, 32);
	assert_int_equal(header->strings + header->strings_bytes, blob.size);
	assert_int_equal(blob.bytes[blob.size - 1], 0);
}

static void
test_instances(void **state)
{
	struct buffer blob;
	const struct system_header *header = blob_make(&blob);
	const struct system_instance *client = instance(header, 0);

	(void)state;
	assert_string_equal(string(header, client->name), "client");
	assert_string_equal(string(header, client->class_name), "units.Client");
	assert_string_equal(string(header, client->program), "client");
	assert_string_equal(string(header, client->attributes),
		"home=/keep\nlevel=3\nuses.valve=4104 Valve\nuses.plain=4106 Plain\n");
	assert_int_equal(client->label, FIXTURE_CLIENT);
	assert_int_equal(client->instance, 1);
	assert_int_equal(client->priority, 10);
	assert_int_equal(client->first_capability, 0);
	assert_int_equal(client->capability_count, 6);
	assert_int_equal(client->account_bytes, 65536);
	assert_int_equal(instance(header, 1)->first_capability, 6);
	assert_int_equal(instance(header, 2)->account_bytes, 8192);
	assert_string_equal(string(header, instance(header, 2)->attributes),
		"uses.plain=4104 Plain\nuses.valve=4105 Valve\n");
}

static void
test_restarts(void **state)
{
	static uint16_t members[] = {1, 3};
	static struct l1_group group = {.name = "Both",
		.members = members,
		.member_count = 2,
		.restart = {.mode = 1,
			.limit = 2,
			.step = 3,
			.after_ms = 1,
			.after_most_ms = 1,
			.period_ms = 9}};
	struct l1 l1 = *fixture_l1();
	struct buffer blob;

	(void)state;
	l1.groups = &group;
	l1.group_count = 1;
	l1.instances[2].restart = (struct l1_restart){.mode = 2,
		.limit = 5,
		.step = 1,
		.after_ms = 10,
		.after_most_ms = 1000,
		.period_ms = 60000};
	buffer_init(&blob, &arena);
	assert_null(emit_system(&l1, fixture_board(), programs, &blob).sentence);
	const struct system_header *header = (const struct system_header *)(void *)blob.bytes;
	const struct system_restart *restart =
		(const struct system_restart *)(void *)(blob.bytes + header->restarts) + 1;
	const struct system_group *found =
		(const struct system_group *)(void *)(blob.bytes + header->groups);
	assert_int_equal(restart->mode, SYSTEM_RESTART_FAILURE);
	assert_int_equal(restart->limit, 5);
	assert_int_equal(restart->step, SYSTEM_STEP_GROUP);
	assert_int_equal(restart->after_ms, 10);
	assert_int_equal(restart->after_most_ms, 1000);
	assert_int_equal(restart->period_ms, 60000);
	assert_int_equal(header->group_count, 1);
	assert_string_equal(string(header, found->name), "Both");
	assert_int_equal(found->member_count, 2);
	assert_int_equal(found->restart.step, SYSTEM_STEP_RESET);
	/* Indexes, not numbers. */
	assert_int_equal(((const uint16_t *)(const void *)(found + 1))[0], 0);
	assert_int_equal(((const uint16_t *)(const void *)(found + 1))[1], 2);
}

static void
expect(const struct system_capability *is, const struct system_capability *wanted)
{
	assert_int_equal(is->kind, wanted->kind);
	assert_int_equal(is->rights, wanted->rights);
	assert_int_equal(is->target, wanted->target);
	assert_int_equal(is->label, wanted->label);
	assert_int_equal(is->interface, wanted->interface);
	assert_int_equal(is->badge, wanted->badge);
}

static void
test_capabilities(void **state)
{
	static const struct system_capability wanted[] = {
		{SYSTEM_CLIENT, RIGHT_SEND, 1, FIXTURE_SERVER, FIXTURE_VALVE, 0},
		{0, 0, 0, 0, 0, 0},
		{SYSTEM_CLIENT, RIGHT_SEND, 1, FIXTURE_SERVER, FIXTURE_PLAIN, 1 << 24},
		{SYSTEM_POLICY, RIGHT_READ, 0, FIXTURE_POLICY, KIND_FRAME, 0},
		{SYSTEM_AUDIT, RIGHT_MANAGE, 0, FIXTURE_AUDIT, KIND_AUDIT, 0},
		{SYSTEM_POWER, RIGHT_MANAGE, 0, FIXTURE_POWER, KIND_POWER, 0},
		{SYSTEM_SIGNAL, RIGHT_SEND, 0, FIXTURE_CLIENT, INTERFACE_SIGNAL, 0x100},
		{SYSTEM_FRAME, RIGHT_READ | RIGHT_WRITE, 0, FIXTURE_UART, KIND_FRAME, 0},
		{SYSTEM_IRQ, RIGHT_MANAGE, 0, FIXTURE_UART, KIND_IRQ, 0},
		{SYSTEM_FRAME, RIGHT_READ | RIGHT_WRITE, 1, FIXTURE_RAM, KIND_FRAME, 0},
		{SYSTEM_CLIENT, RIGHT_SEND, 1, FIXTURE_SERVER, FIXTURE_PLAIN, 1 << 24},
		{SYSTEM_CLIENT, RIGHT_SEND, 1, FIXTURE_SERVER, FIXTURE_VALVE, 0},
		{SYSTEM_SIGNAL, RIGHT_SEND, 1, FIXTURE_SERVER, INTERFACE_SIGNAL, 0x100},
		{SYSTEM_SIGNAL, RIGHT_SEND, 0, FIXTURE_CLIENT, INTERFACE_SIGNAL, 0x200},
	};
	struct buffer blob;
	const struct system_header *header = blob_make(&blob);

	(void)state;
	assert_int_equal(header->capability_count, sizeof(wanted) / sizeof(wanted[0]));
	for (uint32_t i = 0; i < header->capability_count; i++) {
		expect(capability(header, i), &wanted[i]);
	}
}

static void
test_memory(void **state)
{
	const struct l1 *l1 = fixture_l1();
	struct system_memory client =
		system_memory_of(l1, fixture_board(), &l1->instances[1], &programs[1]);
	struct system_memory server =
		system_memory_of(l1, fixture_board(), &l1->instances[2], &programs[2]);

	(void)state;
	/* 8 + 6 + 4 + 1 + 64 = 83 */
	assert_int_equal(client.slots, 128);
	assert_int_equal(client.program_bytes, 32 * 4096);
	assert_int_equal(client.stack_bytes, 16384);
	/* program with the stack 1, heap 1 + 1, devices 0 + 1, threads 1 + 1, spare 4 */
	assert_int_equal(client.table_bytes, 10 * 4096);
	/* 64 + 512 + 4096 + 2560 + 64 + 512: 2 pages; root, buffer, information */
	assert_int_equal(client.object_bytes, 5 * 4096);
	assert_int_equal(client.own_bytes, (32 + 4 + 10 + 5) * 4096);
	/* A program of 2.3 MiB takes one table more, devices of 12 KiB another. */
	assert_int_equal(server.table_bytes, (10 + 1 + 1) * 4096);
	assert_int_equal(server.own_bytes % PAGE_BYTES, 0);
	/* No devices, no room for threads: program 1, heap 1 + 1, threads 1 */
	struct l1_instance small = l1->instances[1];
	struct l1_class class = *small.class;
	class.device_count = 0;
	small.class = &class;
	small.memory_bytes = 16384;
	assert_int_equal(
		system_memory_of(l1, fixture_board(), &small, &programs[1]).table_bytes, 4 * 4096);
}

static void
test_limits(void **state)
{
	struct l1 l1 = *fixture_l1();
	struct l1_instance instances[4];
	struct l1_attribute long_one = {"text", NULL};
	struct l1_attribute two_lines = {"text", "one\ntwo"};
	char *value = arena_alloc(&arena, 5000);
	struct buffer blob;

	(void)state;
	memcpy(instances, l1.instances, sizeof(instances));
	l1.instances = instances;
	instances[3].memory_bytes = UINT64_C(2) << 30;
	buffer_init(&blob, &arena);
	assert_non_null(
		strstr(emit_system(&l1, fixture_board(), programs, &blob).sentence, "1 GiB"));
	instances[3].memory_bytes = UINT64_C(1) << 40;
	assert_non_null(
		strstr(emit_system(&l1, fixture_board(), programs, &blob).sentence, "1 GiB"));
	instances[3].memory_bytes = UINT64_C(1) << 29;
	assert_null(emit_system(&l1, fixture_board(), programs, &blob).sentence);

	memset(value, 'a', 4999);
	long_one.value = value;
	instances[1].attributes = &long_one;
	instances[1].attribute_count = 1;
	buffer_init(&blob, &arena);
	assert_non_null(
		strstr(emit_system(&l1, fixture_board(), programs, &blob).sentence, "bytes"));
	instances[1].attributes = &two_lines;
	assert_non_null(
		strstr(emit_system(&l1, fixture_board(), programs, &blob).sentence, "line"));
}

/* 24 bits are left for those that signal. */
static void
test_signals(void **state)
{
	struct l1 l1 = *fixture_l1();
	struct l1_instance many[40];
	uint16_t to = 1;
	uint16_t use = 2;
	struct buffer blob;

	(void)state;
	for (uint32_t i = 0; i < 40; i++) {
		many[i] = l1.instances[i == 1 ? 1 : 3];
		many[i].number = (uint16_t)i;
		many[i].wire_count = 0;
		many[i].signals = &to;
		many[i].signal_uses = &use;
		many[i].signal_count = i > 1 && i < 26;
	}
	many[1].wires = NULL;
	l1.instances = many;
	l1.instance_count = 40;
	assert_int_equal(slots_signal_bit(&l1, 2, 1), 0x100);
	assert_int_equal(slots_signal_bit(&l1, 25, 1), UINT32_C(1) << 31);
	assert_int_equal(slots_signal_bit(&l1, 26, 1), 0);
	many[26].signal_count = 1;
	assert_int_equal(slots_signal_bit(&l1, 26, 1), 0);
	buffer_init(&blob, &arena);
	assert_non_null(slots_of(&l1, fixture_board(), &many[26], &arena).sentence);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_instances),
		cmocka_unit_test(test_restarts),
		cmocka_unit_test(test_capabilities),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_signals),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
