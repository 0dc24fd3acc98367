/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The names of a policy: what goes in comes out, and no changed byte leads out of them. */
/* test: ksm/names/open.c ksm/names/names.c
 * ksm/engine/verify.c ksm/engine/verify_program.c ksm/engine/state.c ksm/engine/edge.c
 *       ksm/gate/index.c
 *       ksm/gate/emit.c ksm/gate/emit_row.c
 * ksm/gate/emit_type.c ksm/gate/emit_tree.c ksm/gate/emit_code.c
 * ksm/gate/emit_load.c ksm/gate/emit_pool.c
 *       ksm/gate/emit_cost.c
 *       ksm/gate/emit_edges.c ksm/gate/emit_blob.c ksm/gate/emit_state.c ksm/gate/emit_names.c
 * ksm/gate/wire.c ksm/gate/buffer.c ksm/gate/vector.c ksm/gate/arena.c tools/host/sha256.c
 *       tests/host/support/policy_fixture.c tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/format.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/emit.h"
#include "ksm/names/names.h"
#include "tests/host/support/policy_fixture.h"
#include "tests/host/support/random.h"

#define MUTATIONS 30000

static struct arena arena;
static struct buffer blob;
static struct names names;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	buffer_init(&blob, &arena);
	assert_int_equal(emit_policy(fixture_l1(), &blob).error, EMIT_OK);
	assert_true(names_open(&names, (const uint8_t *)blob.bytes, blob.size));
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void
test_labels(void **state)
{
	struct names_label label;
	struct names_instance instance;

	(void)state;
	assert_true(names_label(&names, FIXTURE_SERVER, &label));
	assert_string_equal(label.name, "server");
	assert_int_equal(label.kind, NAMES_LABEL_INSTANCE);
	assert_int_equal(label.number, 2);
	assert_true(names_label(&names, FIXTURE_RAM, &label));
	assert_int_equal(label.kind, NAMES_LABEL_DEVICE);
	assert_false(names_label(&names, 11, &label));
	assert_false(names_label(&names, UINT32_MAX, &label));
	assert_true(names_instance(&names, 3, &instance));
	assert_string_equal(instance.class_name, "Stranger");
	assert_int_equal(instance.label, FIXTURE_STRANGER);
	assert_false(names_instance(&names, 4, &instance));
	assert_string_equal(names_class_of_label(&names, FIXTURE_CLIENT), "units.Client");
	assert_null(names_class_of_label(&names, FIXTURE_UART));
	assert_null(names_class_of_label(&names, 77));
	assert_string_equal(names.system, "fixture");
	assert_string_equal(names.allow_file, "policy.gate");
	assert_int_equal(names.allow_line, 19);
}

static void
test_methods(void **state)
{
	struct names_method method;
	struct names_field field;

	(void)state;
	assert_string_equal(names_interface(&names, FIXTURE_VALVE), "Valve");
	assert_null(names_interface(&names, 99));
	assert_true(names_method(&names, FIXTURE_VALVE, FIXTURE_SET, &method));
	assert_string_equal(method.name, "set");
	assert_string_equal(names_error(&names, &method, 2), "jammed");
	assert_null(names_error(&names, &method, 0));
	assert_null(names_error(&names, &method, 3));
	assert_true(names_field_at(&names, &method, false, 3, &field));
	assert_string_equal(field.name, "tenths");
	assert_int_equal(field.low, -400);
	assert_true(field.is_signed);
	assert_false(names_field_at(&names, &method, false, 1, &field));
	assert_false(names_field_at(&names, &method, true, 0, &field));
	assert_true(names_method(&names, FIXTURE_VALVE, FIXTURE_READ, &method));
	assert_true(method.is_idempotent);
	assert_true(names_field(&names, &method, true, 0, &field));
	assert_string_equal(field.name, "tenths");
	assert_true(names_method(&names, FIXTURE_VALVE, FIXTURE_GONE, &method));
	assert_true(method.is_reserved);
	assert_false(names_method(&names, FIXTURE_VALVE, 0, &method));
	assert_false(names_method(&names, FIXTURE_VALVE, 6, &method));
	assert_true(names_method(&names, FIXTURE_VALVE, FIXTURE_MODE, &method));
	assert_true(names_field(&names, &method, false, 0, &field));
	assert_string_equal(names_value(&names, &field, 9), "test");
	assert_null(names_value(&names, &field, 4));
	assert_true(names_method(&names, FIXTURE_PLAIN, FIXTURE_SECRET, &method));
	assert_true(names_field(&names, &method, false, 0, &field));
	assert_true(field.is_secret);
	assert_false(names_state(&names, 0, &field)); /* this policy remembers nothing */
	assert_false(names_field(&names, &method, false, 1, &field));
}

static void
test_rules(void **state)
{
	struct names_rule rule;

	(void)state;
	assert_true(names_rule(&names, 1, &rule));
	assert_string_equal(rule.file, "policy.gate");
	assert_int_equal(rule.line, 10);
	assert_string_equal(rule.because, "four valves are fitted");
	assert_true(names_rule(&names, 3, &rule));
	assert_true(rule.is_forbid);
	assert_string_equal(rule.because, "");
	assert_true(names_rule(&names, 6, &rule));
	assert_true(rule.is_audited);
	assert_false(names_rule(&names, 0, &rule));
	assert_false(names_rule(&names, 11, &rule));
}

/* Asks for everything; returns how many characters the answers have. */
static size_t
ask_everything(const struct names *asked)
{
	struct names_label label;
	struct names_instance instance;
	struct names_method method;
	struct names_field field;
	struct names_rule rule;
	size_t sum = strlen(asked->system) + strlen(asked->board) + strlen(asked->allow_file);

	for (uint32_t i = 0; names_label(asked, i, &label); i++) {
		const char *class_name = names_class_of_label(asked, i);

		sum += strlen(label.name) + (class_name != NULL ? strlen(class_name) : 0);
	}
	for (uint32_t i = 0; names_instance(asked, i, &instance); i++) {
		sum += strlen(instance.name) + strlen(instance.class_name);
	}
	for (uint32_t i = 0; names_rule(asked, i + 1, &rule); i++) {
		sum += strlen(rule.file) + strlen(rule.text) + strlen(rule.because);
	}
	for (uint32_t id = 0; id < 20; id++) {
		for (uint32_t number = 1; names_method(asked, id, number, &method); number++) {
			const char *error = names_error(asked, &method, 1);

			sum += strlen(method.name) + (error != NULL ? strlen(error) : 0);
			for (uint32_t i = 0; names_field(asked, &method, i % 2 != 0, i / 2, &field);
				i++) {
				const char *value = names_value(asked, &field, 3);

				sum += strlen(field.name) + (value != NULL ? strlen(value) : 0);
			}
		}
	}
	return sum;
}

static void
test_mutations(void **state)
{
	size_t names_at =
		format_u32((const uint8_t *)blob.bytes + offsetof(struct format_header, sections) +
			   FORMAT_NAMES * sizeof(struct format_section));
	uint8_t *copy = malloc(blob.size);
	uint32_t accepted = 0;
	size_t sum = 0;

	(void)state;
	random_start(4);
	for (uint32_t i = 0; i < MUTATIONS; i++) {
		struct names changed;
		size_t from = random_below(8) == 0 ? 0 : names_at;
		uint64_t count = 1 + random_below(3);

		memcpy(copy, blob.bytes, blob.size);
		for (uint64_t j = 0; j < count; j++) {
			/* Mostly numbers, which come before the texts. */
			copy[from + random_below((blob.size - from) / (1 + random_below(4)))] =
				(uint8_t)random_next();
		}
		if (names_open(&changed, copy, blob.size)) {
			accepted++;
			sum += ask_everything(&changed);
		}
	}
	for (size_t length = 0; length < blob.size; length += 7) {
		struct names shorter;
		uint8_t *exact = malloc(length + (length == 0));

		memcpy(exact, blob.bytes, length);
		assert_false(names_open(&shorter, exact, length));
		free(exact);
	}
	free(copy);
	assert_true(sum > 0);
	assert_in_range(accepted, 1, MUTATIONS - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_methods),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_mutations),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
