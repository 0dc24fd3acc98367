/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* init's reader of the system blob: a good one is taken, each fault is refused, noise never hurts.
 */
/* test: servers/init/layout.c tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "abi/abi.h"
#include "abi/system.h"
#include "servers/init/bundle.h"
#include "servers/init/layout.h"
#include "tests/host/support/random.h"

#define DEVICES   3u
#define MUTATIONS 100000

struct blob {
	struct system_header header;
	struct system_instance instances[2];
	struct system_capability capabilities[4];
	struct system_restart restarts[2];
	struct system_group groups[1];
	uint16_t members[2];
	char strings[32];
};

static const struct system_restart good_restart = {
	.mode = SYSTEM_RESTART_ALWAYS, .after_ms = 10, .after_most_ms = 1000, .period_ms = 10000};

static struct blob
good_blob(void)
{
	struct blob blob = {
		.header =
			{
				.magic = SYSTEM_MAGIC,
				.version = SYSTEM_VERSION,
				.length_bytes = sizeof(struct blob),
				.instance_count = 2,
				.instances = offsetof(struct blob, instances),
				.capability_count = 4,
				.capabilities = offsetof(struct blob, capabilities),
				.restarts = offsetof(struct blob, restarts),
				.group_count = 1,
				.groups = offsetof(struct blob, groups),
				.strings = offsetof(struct blob, strings),
				.strings_bytes = sizeof(blob.strings),
			},
		.capabilities =
			{
				{.kind = SYSTEM_FRAME,
					.rights = 3,
					.target = 2,
					.interface = KIND_FRAME},
				{.kind = SYSTEM_IRQ,
					.rights = 4,
					.target = 0,
					.interface = KIND_IRQ},
				{.kind = SYSTEM_CLIENT, .rights = 1, .target = 0, .interface = 16},
				{.kind = 0},
			},
		.members = {0, 1},
		.strings = "uart\0Uart\0speed=115200\n",
	};
	for (uint32_t i = 0; i < 2; i++) {
		blob.restarts[i] = good_restart;
		blob.instances[i] = (struct system_instance){
			.name = 0,
			.class_name = 5,
			.program = 0,
			.attributes = 10,
			.label = (uint16_t)(LABEL_FIRST + i),
			.instance = (uint16_t)(i + 1),
			.priority = 10,
			.slots = 64,
			.account_bytes = 16 * PAGE_BYTES,
			.own_bytes = 64 * PAGE_BYTES,
			.stack_bytes = 4 * PAGE_BYTES,
			.first_capability = 2 * i,
			.capability_count = 2,
		};
	}
	blob.restarts[0].step = SYSTEM_STEP_GROUP;
	blob.groups[0] = (struct system_group){.member_count = 2, .restart = good_restart};
	return blob;
}

static bool
opens(const struct blob *blob, size_t length_bytes)
{
	/* Exactly as large as it says, so that the sanitizer sees every byte read behind it. */
	uint8_t *copy = malloc(length_bytes);
	struct span span = {copy, (uint32_t)length_bytes};
	struct layout layout;

	memcpy(copy, blob, length_bytes);
	bool is_good = layout_open(&span, DEVICES, &layout);
	if (is_good) {
		for (uint32_t i = 0; i < layout.instance_count; i++) {
			const struct system_instance *instance = &layout.instances[i];
			assert_true(strlen(layout_string(&layout, instance->name)) < length_bytes);
			assert_true(
				strlen(layout_string(&layout, instance->program)) < length_bytes);
			for (uint32_t k = 0; k < instance->capability_count; k++) {
				assert_true(
					layout.capabilities[instance->first_capability + k].kind <=
					SYSTEM_SWAP);
			}
		}
	}
	free(copy);
	return is_good;
}

static void
test_good(void **state)
{
	struct blob blob = good_blob();

	(void)state;
	assert_true(opens(&blob, sizeof(blob)));
}

static void
test_short(void **state)
{
	struct blob blob = good_blob();

	(void)state;
	for (size_t length = 0; length < sizeof(blob); length++) {
		assert_false(opens(&blob, length));
	}
}

/* One wrong field each: its place, its width, its value. */
#define HEADER(field)   offsetof(struct blob, header.field)
#define INSTANCE(field) offsetof(struct blob, instances[1].field)
#define RESTART(field)  offsetof(struct blob, restarts[1].field)
#define GROUP(field)    offsetof(struct blob, groups[0].field)
#define USE(n, field)   offsetof(struct blob, capabilities[n].field)

static const struct {
	size_t offset;
	size_t width;
	uint32_t value;
} faults[] = {
	{HEADER(magic), 4, 0},
	{HEADER(version), 4, SYSTEM_VERSION + 1},
	{HEADER(length_bytes), 4, sizeof(struct blob) - 1},
	{HEADER(instance_count), 4, 20},
	{HEADER(instance_count), 4, UINT32_MAX},
	{HEADER(instances), 4, sizeof(struct blob)},
	{HEADER(instances), 4, UINT32_MAX & ~3u},
	{HEADER(instances), 4, offsetof(struct blob, instances) + 1},
	{HEADER(capability_count), 4, 3},
	{HEADER(capability_count), 4, UINT32_MAX},
	{HEADER(capabilities), 4, UINT32_MAX & ~3u},
	{HEADER(capabilities), 4, offsetof(struct blob, capabilities) + 2},
	{HEADER(strings), 4, sizeof(struct blob)},
	{HEADER(strings_bytes), 4, 0},
	{HEADER(strings_bytes), 4, UINT32_MAX},
	{HEADER(strings_bytes), 4, 4}, /* its last byte is not NUL */
	{INSTANCE(name), 4, 32},
	{INSTANCE(class_name), 4, 32},
	{INSTANCE(program), 4, UINT32_MAX},
	{INSTANCE(attributes), 4, 32},
	{INSTANCE(label), 2, LABEL_INIT},
	{INSTANCE(instance), 2, 1},
	{INSTANCE(priority), 1, 32},
	{INSTANCE(is_timeless), 1, 2},
	{INSTANCE(slots), 2, 48},
	{INSTANCE(slots), 2, 8},
	{INSTANCE(slots), 2, 8192},
	{INSTANCE(slots), 2, 0},
	{INSTANCE(account_bytes), 4, 0},
	{INSTANCE(account_bytes), 4, PAGE_BYTES + 1},
	{INSTANCE(own_bytes), 4, UINT32_C(0x80000000)},
	{INSTANCE(stack_bytes), 4, 0},
	{INSTANCE(first_capability), 4, 3},
	{INSTANCE(first_capability), 4, UINT32_MAX},
	{INSTANCE(capability_count), 4, UINT32_MAX},
	{INSTANCE(template), 2, 3}, /* of two instances */
	{USE(0, kind), 1, SYSTEM_SWAP + 1},
	{USE(0, target), 2, DEVICES},
	{USE(1, target), 2, DEVICES},
	{USE(2, target), 2, 2},
	{USE(3, rights), 1, 1},
	{HEADER(restarts), 4, sizeof(struct blob)},
	{HEADER(restarts), 4, offsetof(struct blob, restarts) + 1},
	{HEADER(group_count), 4, GROUPS_MAX + 1},
	{HEADER(group_count), 4, 0}, /* and somebody gives up to one */
	{HEADER(groups), 4, UINT32_MAX & ~3u},
	{RESTART(mode), 1, 3},
	{RESTART(step), 1, 4},
	{RESTART(group), 2, 1},
	{RESTART(reserved), 1, 1},
	{RESTART(reserved_half), 2, 1},
	{RESTART(after_ms), 4, 0},
	{RESTART(after_most_ms), 4, 9},
	{RESTART(period_ms), 4, 0},
	{GROUP(name), 4, 32},
	{GROUP(first_member), 2, UINT16_MAX},
	{GROUP(member_count), 2, UINT16_MAX},
	{GROUP(restart.step), 1, SYSTEM_STEP_GROUP},
	{GROUP(restart.after_ms), 4, 0},
	{offsetof(struct blob, members[1]), 2, 2},
};

static void
test_faults(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct blob blob = good_blob();
		memcpy((uint8_t *)&blob + faults[i].offset, &faults[i].value, faults[i].width);
		if (opens(&blob, sizeof(blob))) {
			fail_msg("fault %zu was accepted", i);
		}
	}
}

static void
test_noise(void **state)
{
	(void)state;
	random_start(1);
	for (int i = 0; i < MUTATIONS; i++) {
		struct blob blob = good_blob();
		for (uint64_t n = 1 + random_below(4); n > 0; n--) {
			((uint8_t *)&blob)[random_below(sizeof(blob))] = (uint8_t)random_next();
		}
		opens(&blob, sizeof(blob));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_short),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
