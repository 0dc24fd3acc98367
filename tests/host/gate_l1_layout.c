/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Where fields of a message stand [T5, T6]. */
/* test: ksm/gate/layout.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "abi/abi.h"
#include "ksm/gate/layout.h"

#define FIELDS_MAX 160u

struct case_row {
	uint16_t widths[8]; /* ends with 0 */
	uint16_t offsets[8];
	uint16_t fixed_bytes;
};

static void
small_fields_fill_holes(void **state)
{
	static const struct case_row rows[] = {
		{{1, 2, 1, 0}, {0, 2, 1}, 4},
		{{1, 8, 4, 2, 1, 0}, {0, 8, 4, 2, 1}, 16},
		{{4, 1, 8, 1, 0}, {0, 4, 8, 5}, 16},
		{{2, 2, 2, 0}, {0, 2, 4}, 6},
		{{8, 1, 0}, {0, 8}, 9},
		{{0}, {0}, 0},
	};

	(void)state;
	for (uint32_t r = 0; r < sizeof rows / sizeof rows[0]; r++) {
		struct l1_field fields[8] = {0};
		struct l1_message message = {.fields = fields};

		while (rows[r].widths[message.field_count] != 0) {
			fields[message.field_count].width_bytes =
				rows[r].widths[message.field_count];
			message.field_count++;
		}
		assert_true(layout_message(&message));
		assert_int_equal(message.fixed_bytes, rows[r].fixed_bytes);
		assert_int_equal(message.low_bytes, rows[r].fixed_bytes);
		assert_int_equal(message.high_bytes, rows[r].fixed_bytes);
		for (uint32_t i = 0; i < message.field_count; i++) {
			assert_int_equal(fields[i].offset_bytes, rows[r].offsets[i]);
		}
	}
}

/* The kernel looks for them there. */
static void
leases_and_handles_come_first(void **state)
{
	struct l1_field fields[] = {{.width_bytes = 8}, {.width_bytes = 4, .carries = L1_HANDLE},
		{.width_bytes = 1}, {.width_bytes = 4, .carries = L1_WRITES},
		{.width_bytes = 4, .carries = L1_READS}};
	struct l1_message message = {.fields = fields, .field_count = 5};

	(void)state;
	assert_true(layout_message(&message));
	assert_int_equal(fields[3].offset_bytes, 0);
	assert_int_equal(fields[4].offset_bytes, 4);
	assert_int_equal(fields[1].offset_bytes, 8);
	assert_int_equal(fields[0].offset_bytes, 16);
	assert_int_equal(fields[2].offset_bytes, 12);
	assert_int_equal(message.fixed_bytes, 24);
}

static void
a_tail_follows_the_fixed_part(void **state)
{
	struct l1_field fields[] = {
		{.width_bytes = 4}, {.width_bytes = 1}, {.kind = L1_TAIL, .width_bytes = 100}};
	struct l1_message message = {.fields = fields, .field_count = 3};

	(void)state;
	assert_true(layout_message(&message));
	assert_int_equal(fields[2].offset_bytes, 5);
	assert_int_equal(message.fixed_bytes, 5);
	assert_int_equal(message.low_bytes, 5);
	assert_int_equal(message.high_bytes, 105);
}

static void
a_message_has_an_end(void **state)
{
	struct l1_field fields[FIELDS_MAX] = {0};
	struct l1_message message = {.fields = fields, .field_count = MESSAGE_BYTES_MAX / 8};
	struct l1_field tail[] = {{.width_bytes = 1}, {.kind = L1_TAIL, .width_bytes = 1023}};
	struct l1_message with_tail = {.fields = tail, .field_count = 2};

	(void)state;
	for (uint32_t i = 0; i < FIELDS_MAX; i++) {
		fields[i].width_bytes = 8;
	}
	assert_true(layout_message(&message));
	assert_int_equal(message.high_bytes, MESSAGE_BYTES_MAX);
	message = (struct l1_message){.fields = fields, .field_count = MESSAGE_BYTES_MAX / 8 + 1};
	assert_false(layout_message(&message));
	assert_int_equal(message.high_bytes, 0);
	assert_true(layout_message(&with_tail));
	assert_int_equal(with_tail.high_bytes, MESSAGE_BYTES_MAX);
	tail[1].width_bytes = 1024;
	with_tail = (struct l1_message){.fields = tail, .field_count = 2};
	assert_false(layout_message(&with_tail));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_fields_fill_holes),
		cmocka_unit_test(leases_and_handles_come_first),
		cmocka_unit_test(a_tail_follows_the_fixed_part),
		cmocka_unit_test(a_message_has_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
