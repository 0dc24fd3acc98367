/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random pairs of policies: what gate diff shows is so, by the interpreter of L1, and where that
 * sees a difference gate diff shows one. */
/* test: ksm/gate/diff.c ksm/gate/l1_interface.c
 * ksm/gate/diff_map.c ksm/gate/diff_same.c ksm/gate/diff_axis.c
 * ksm/gate/diff_point.c ksm/gate/grid.c
 * ksm/gate/grid_sum.c ksm/gate/index.c ksm/gate/vector.c ksm/gate/arena.c
 * ksm/gate/l1_effect.c ksm/gate/l1_eval.c ksm/gate/l1_shape.c tests/host/support/random.c
 * tests/host/support/random_states.c tests/host/support/random_message.c
 *       tests/host/support/random_sum.c
 * tests/host/support/random_world.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/gate/diff.h"
#include "ksm/gate/l1_eval.h"
#include "tests/host/support/random.h"
#include "tests/host/support/random_world.h"

#define PAIRS    120
#define MESSAGES 200
#define NOW_NS   (UINT64_C(1) << 61)

static struct world world;
static struct diff diff;
static uint64_t *words[DIFF_SIDES];
static uint32_t shown[DIFF_KINDS];
static uint32_t seen;

static void
names_give(void)
{
	static const char *const labels[] = {"none", "kernel", "init", "a", "b"};
	static const char *const methods[] = {"x", "y", "z"};
	static const char *const objects[] = {
		"bucket", "window", "latch", "counter", "set", "machine", "limit"};

	for (uint32_t i = 0; i < 5; i++) {
		world.labels[i].name = labels[i];
	}
	for (uint32_t i = 0; i < METHODS; i++) {
		world.methods[i].name = methods[i];
	}
	for (uint32_t i = 0; i < RANDOM_STATES; i++) {
		world.states.objects[i].name = objects[i];
		world.states.objects[i].unit_name = "";
	}
	world.states.fields[L1_COUNTER].high = (int64_t)world.states.objects[L1_COUNTER].amount;
	world.states.fields[L1_MACHINE].high = 2;
	world.states.fields[L1_LATCH].high = 1;
}

static struct l1_verdict
decide(enum diff_side side, struct l1_query query, const uint64_t *memory)
{
	const struct l1 *l1 = &world.sides[side];
	struct l1_memory own = {.words = words[side]};

	memcpy(own.words, memory, l1->word_count * sizeof(uint64_t));
	return l1_eval(l1, &query, &own);
}

static const struct l1_method *
method_of(const struct diff_entry *entry)
{
	const struct l1_cell *cell =
		entry->cells[DIFF_NEW] != NULL ? entry->cells[DIFF_NEW] : entry->cells[DIFF_OLD];

	return &world.methods[cell->method - 1];
}

static const struct l1_message *
message_of(const struct l1_method *method, enum l1_event event)
{
	static const struct l1_message empty;

	return event == L1_CALL ? &method->call : event == L1_REPLY ? &method->reply : &empty;
}

static void
field_put(uint8_t *bytes, const struct l1_field *field, int64_t value)
{
	for (uint32_t i = 0; field->kind != L1_TAIL && i < field->width_bytes; i++) {
		bytes[field->offset_bytes + i] = (uint8_t)((uint64_t)value >> 8 * i);
	}
}

static int64_t
field_get(const uint8_t *bytes, const struct l1_field *field)
{
	uint64_t value = 0;
	uint32_t unused = 64 - 8u * field->width_bytes;

	memcpy(&value, bytes + field->offset_bytes, field->width_bytes);
	value <<= unused;
	return field->is_signed ? (int64_t)value >> unused : (int64_t)(value >> unused);
}

/* --- what gate diff shows ------------------------------------------------------------------- */

static void
state_put(const struct diff_value *value, const uint8_t *bytes, uint64_t *memory)
{
	const struct l1_state *state = value->state;
	const struct l1_object *object = state->object;
	uint64_t *at = &memory[state->first];
	uint64_t word;
	uint32_t i = 0;

	switch (value->axis) {
	case DIFF_STATE:
		*at = object->kind == L1_LATCH ? NOW_NS + (uint64_t)value->value
					       : (uint64_t)value->value;
		break;
	case DIFF_TOKENS:
		assert_in_range(value->value, 0, object->count);
		if (object->kind == L1_BUCKET) {
			*at = NOW_NS + (object->count - (uint64_t)value->value) * object->amount;
			break;
		}
		for (; i < object->count - (uint64_t)value->value; i++) {
			at[1 + i] = NOW_NS + 1;
		}
		at[0] = i % object->count;
		break;
	case DIFF_MEMBER:
		word = (uint64_t)(value->member == NULL ? value->constant
							: field_get(bytes, value->member)) -
		       (uint64_t)object->low + 1;
		while (at[i] != 0 && at[i] != word) {
			i++;
		}
		if (value->value != 0) {
			assert_in_range(word, 1, object->amount);
			assert_in_range(i, 0, state->word_count - 1);
			at[i] = word;
		}
		break;
	default:
		break;
	}
}

static bool
is_absent(const struct diff_entry *entry, const struct l1_state *state, const uint8_t *bytes,
	uint64_t word)
{
	for (uint32_t i = 0; i < entry->value_count; i++) {
		const struct diff_value *value = &entry->values[i];

		if (value->axis == DIFF_MEMBER && value->state == state &&
			(uint64_t)(value->member == NULL ? value->constant
							 : field_get(bytes, value->member)) -
					(uint64_t)state->object->low + 1 ==
				word) {
			return true;
		}
	}
	return false;
}

/* Fills a set that is full, with values that nobody asks for. */
static void
room_put(const struct diff_entry *entry, const struct diff_value *value, const uint8_t *bytes,
	uint64_t *memory)
{
	const struct l1_state *state = value->state;
	uint64_t next = 1;

	for (uint32_t i = 0; value->value == 0 && i < state->word_count; i++) {
		uint64_t *at = &memory[state->first + i];

		while (*at == 0 && is_absent(entry, state, bytes, next)) {
			next++;
		}
		if (*at == 0) {
			assert_in_range(next, 1, state->object->amount);
			*at = next++;
		}
	}
}

/* Both policies are asked about the message and the memory of the entry. */
static void
entry_check(const struct diff_entry *entry)
{
	const struct l1_method *method = method_of(entry);
	const struct l1_message *message = message_of(method, entry->event);
	uint64_t *memory = calloc(world.l1.word_count, sizeof *memory);
	uint8_t bytes[128] = {0};
	struct l1_query query = {.holder = HOLDER,
		.target = TARGET,
		.interface = INTERFACE,
		.method = method->number,
		.event = entry->event,
		.is_ask = method->is_ask,
		.status = entry->event == L1_ERROR,
		.bytes = bytes,
		.length_bytes = message->fixed_bytes,
		.now_ns = NOW_NS};
	struct l1_verdict verdicts[DIFF_SIDES];

	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		field_put(bytes, field,
			field->low > 0    ? field->low
			: field->high < 0 ? field->high
					  : 0);
	}
	for (uint32_t i = 0; i < entry->value_count; i++) {
		if (entry->values[i].axis == DIFF_FIELD) {
			field_put(bytes, entry->values[i].field, entry->values[i].value);
		}
	}
	for (uint32_t i = 0; i < entry->value_count; i++) {
		if (entry->values[i].axis != DIFF_FIELD) {
			state_put(&entry->values[i], bytes, memory);
		}
	}
	for (uint32_t i = 0; i < entry->value_count; i++) {
		if (entry->values[i].axis == DIFF_ROOM) {
			room_put(entry, &entry->values[i], bytes, memory);
		}
	}
	for (int side = 0; side < DIFF_SIDES; side++) {
		query.call_rule = entry->call_rules[side];
		verdicts[side] = decide((enum diff_side)side, query, memory);
	}
	if (entry->kind == DIFF_MORE || entry->kind == DIFF_LESS) {
		enum diff_side who = entry->kind == DIFF_MORE ? DIFF_NEW : DIFF_OLD;

		assert_int_equal(verdicts[who].reason, KSM_GRANTED);
		assert_int_not_equal(verdicts[1 - who].reason, KSM_GRANTED);
		assert_int_equal(verdicts[who].rule, entry->cells[who]->source->number);
	} else {
		assert_int_equal(verdicts[DIFF_OLD].reason, KSM_GRANTED);
		assert_int_equal(verdicts[DIFF_NEW].reason, KSM_GRANTED);
	}
	free(memory);
}

/* --- what the interpreter sees -------------------------------------------------------------- */

static void
memory_make(uint64_t *memory)
{
	for (uint32_t i = 0; i < RANDOM_STATES; i++) {
		const struct l1_state *state = &world.states.states[i];
		const struct l1_object *object = state->object;
		uint64_t *at = &memory[state->first];

		memset(at, 0, state->word_count * sizeof *at);
		switch (object->kind) {
		case L1_BUCKET:
			*at = NOW_NS + random_below(object->count + 1) * object->amount;
			break;
		case L1_WINDOW:
			at[0] = random_below(object->count);
			for (uint32_t n = 0; n < object->count; n++) {
				at[1 + n] = NOW_NS + (n < at[0] || random_below(2) == 0);
			}
			break;
		case L1_LATCH:
			*at = NOW_NS + random_below(2);
			break;
		case L1_COUNTER:
			*at = random_below(2) == 0 ? random_below(object->amount + 1)
						   : object->amount - random_below(2);
			break;
		case L1_SET:
			for (uint32_t n = 0; n < object->count && n < object->amount; n++) {
				at[n] = random_below(2) == 0 ? 0 : n + 1;
			}
			break;
		case L1_MACHINE:
		case L1_LIMIT: /* no message tells */
			*at = random_below(3);
			break;
		}
	}
}

static bool
is_shown(uint16_t method, enum l1_event event, enum diff_kind kind)
{
	const struct diff_entry *entries = diff.entries.elements;

	for (uint32_t i = 0; i < diff.entries.count; i++) {
		if (method_of(&entries[i])->number == method && entries[i].event == event &&
			(entries[i].kind == kind || entries[i].kind == DIFF_UNKNOWN)) {
			return true;
		}
	}
	return false;
}

/* One event on both sides. Returns whether both grant it. */
static bool
event_check(struct l1_query *query, const uint64_t *memory, uint32_t rules[DIFF_SIDES])
{
	struct l1_verdict verdicts[DIFF_SIDES];
	bool grants[DIFF_SIDES];

	for (int side = 0; side < DIFF_SIDES; side++) {
		query->call_rule = rules[side];
		verdicts[side] = decide((enum diff_side)side, *query, memory);
		grants[side] = verdicts[side].reason == KSM_GRANTED;
	}
	if (grants[DIFF_OLD] != grants[DIFF_NEW]) {
		seen++;
		assert_true(is_shown(
			query->method, query->event, grants[DIFF_NEW] ? DIFF_MORE : DIFF_LESS));
	} else if (grants[DIFF_OLD] && memcmp(words[DIFF_OLD], words[DIFF_NEW],
					       world.l1.word_count * sizeof(uint64_t)) != 0) {
		seen++;
		assert_true(is_shown(query->method, query->event, DIFF_EFFECTS));
	}
	for (int side = 0; side < DIFF_SIDES; side++) {
		rules[side] = verdicts[side].rule;
	}
	return grants[DIFF_OLD] && grants[DIFF_NEW];
}

/* A call, and its answers if both grant it. */
static void
call_check(const struct l1_method *method)
{
	uint64_t *memory = calloc(world.l1.word_count, sizeof *memory);
	uint32_t rules[DIFF_SIDES] = {0, 0};
	uint8_t bytes[128];
	struct l1_query query = {.holder = HOLDER,
		.target = TARGET,
		.interface = INTERFACE,
		.method = method->number,
		.event = L1_CALL,
		.is_ask = method->is_ask,
		.bytes = bytes,
		.now_ns = NOW_NS};

	memory_make(memory);
	query.length_bytes = make_bytes(&method->call, bytes);
	if (event_check(&query, memory, rules) && !method->is_ask) {
		for (uint32_t event = L1_REPLY; event <= L1_ERROR; event++) {
			uint32_t own[DIFF_SIDES] = {rules[DIFF_OLD], rules[DIFF_NEW]};

			query.event = (enum l1_event)event;
			query.status = event == L1_ERROR;
			query.length_bytes =
				event == L1_ERROR ? 0 : make_bytes(&method->reply, bytes);
			if (event == L1_REPLY || method->error_count != 0) {
				memory_make(memory);
				(void)event_check(&query, memory, own);
			}
		}
	}
	free(memory);
}

static void
test_pairs(void **state)
{
	(void)state;
	random_start(5);
	for (uint32_t pair = 0; pair < PAIRS; pair++) {
		const struct diff_entry *entries;

		world_make(&world);
		names_give();
		for (int side = 0; side < DIFF_SIDES; side++) {
			words[side] = calloc(world.l1.word_count, sizeof(uint64_t));
		}
		diff_policies(&diff, &world.sides[0], &world.sides[1], &world.arena);
		entries = diff.entries.elements;
		for (uint32_t i = 0; i < diff.entries.count; i++) {
			shown[entries[i].kind]++;
			if (entries[i].kind != DIFF_UNKNOWN && entries[i].event != L1_ABORT) {
				entry_check(&entries[i]);
			}
		}
		for (uint32_t i = 0; i < MESSAGES; i++) {
			const struct l1_method *method = &world.methods[i % METHODS];

			if (!method->is_reserved) {
				call_check(method);
			}
		}
		free(words[DIFF_OLD]);
		free(words[DIFF_NEW]);
		arena_release(&world.arena);
	}
	print_message("%u more, %u less, %u effects, %u unknown; %u seen by messages\n",
		shown[DIFF_MORE], shown[DIFF_LESS], shown[DIFF_EFFECTS], shown[DIFF_UNKNOWN], seen);
	assert_in_range(shown[DIFF_MORE], PAIRS, UINT32_MAX);
	assert_in_range(shown[DIFF_LESS], PAIRS, UINT32_MAX);
	assert_in_range(shown[DIFF_EFFECTS], PAIRS / 10, UINT32_MAX);
	assert_in_range(seen, PAIRS * 4, UINT32_MAX);
}

/* A policy is like itself. */
static void
test_same(void **state)
{
	(void)state;
	random_start(6);
	for (uint32_t i = 0; i < PAIRS; i++) {
		world_make(&world);
		names_give();
		diff_policies(&diff, &world.sides[0], &world.sides[0], &world.arena);
		assert_int_equal(diff.entries.count, 0);
		arena_release(&world.arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
