/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random policies: what emit makes of them decides like the interpreter of L1, message for message.
 */
/* test: ksm/engine/verify.c ksm/engine/edge.c ksm/engine/decide.c ksm/engine/state.c
 * ksm/engine/text.c ksm/gate/emit.c ksm/gate/emit_row.c ksm/gate/emit_code.c ksm/gate/emit_pool.c
 *       ksm/gate/emit_edges.c ksm/gate/emit_blob.c ksm/gate/emit_state.c ksm/gate/emit_names.c
 * ksm/gate/wire.c ksm/gate/buffer.c ksm/gate/vector.c ksm/gate/arena.c ksm/gate/l1_effect.c
 * ksm/gate/l1_eval.c tools/host/sha256.c tests/host/support/random.c
 *       tests/host/support/random_states.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/engine/ksm.h"
#include "ksm/engine/plain.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/emit.h"
#include "ksm/gate/l1_eval.h"
#include "tests/host/support/random.h"
#include "tests/host/support/random_states.h"
#include "tools/host/sha256.h"

#define POLICIES  1500
#define MESSAGES  150
#define FIELDS    5
#define METHODS   3
#define CELLS     4
#define HOLDER    3
#define TARGET    4
#define INTERFACE 16

static const struct l1_name names[] = {{"a", 0}, {"b", 1}, {"c", 2}, {"d", 7}, {"e", 9}, {"f", 10}};

/* One policy; everything that it points to is in the arena. */
struct world {
	struct arena arena;
	struct l1_field fields[METHODS][2][FIELDS];
	struct l1_method methods[METHODS];
	struct l1_interface interface;
	struct l1_rule rules[METHODS * 4 * CELLS];
	struct l1_cell cells[METHODS * 4 * CELLS];
	struct l1_label labels[5];
	struct random_states states;
	struct l1_memory memory;
	uint64_t now_ns;
	struct l1 l1;
};

static int64_t
random_value(const struct l1_field *field)
{
	static const int64_t some[] = {0, 1, -1, 2, 5, 7, 8, 9, 10, 11, 100, 127, 128, -128, 255,
		256, 32767, -32768, 65535, INT32_MAX, INT32_MIN, UINT32_MAX, INT64_MAX, INT64_MIN};

	switch (random_below(4)) {
	case 0:
		return field->low;
	case 1:
		return field->high;
	case 2:
		return (int64_t)random_below(16) - 2;
	default:
		return some[random_below(sizeof(some) / sizeof(some[0]))];
	}
}

static struct l1_range
width_range(const struct l1_field *field)
{
	uint32_t bits = 8u * field->width_bytes;

	if (bits == 64) {
		return (struct l1_range){INT64_MIN, INT64_MAX};
	}
	if (field->is_signed) {
		return (struct l1_range){
			-(INT64_C(1) << (bits - 1)), (INT64_C(1) << (bits - 1)) - 1};
	}
	return (struct l1_range){0, (INT64_C(1) << bits) - 1};
}

static void
make_type(struct l1_field *field)
{
	struct l1_range all;

	field->width_bytes = (uint16_t)(1u << random_below(4));
	field->is_signed = random_below(2) == 0;
	field->is_secret = random_below(8) == 0;
	all = width_range(field);
	field->low = all.low;
	field->high = all.high;
	switch (random_below(5)) {
	case 0:
		field->kind = L1_BOOL;
		field->width_bytes = 1;
		field->is_signed = false;
		field->low = 0;
		field->high = 1;
		break;
	case 1:
		field->kind = L1_ENUM;
		field->type_name = "E";
		field->names = names + random_below(3);
		field->name_count = 3;
		field->low = field->names[0].value;
		field->high = field->names[2].value;
		break;
	case 2:
		field->low = (int64_t)random_below(3);
		field->high = field->low + (int64_t)random_below(100);
		break;
	default:
		break;
	}
}

/* Layout as l1.h says: the lowest free offset that is a multiple of the width. */
static void
make_message(struct l1_message *message, struct l1_field *fields)
{
	bool taken[64] = {false};
	uint32_t count = (uint32_t)random_below(FIELDS);

	*message = (struct l1_message){.fields = fields, .field_count = count};
	for (uint32_t i = 0; i < count; i++) {
		uint32_t offset = 0;

		memset(&fields[i], 0, sizeof(fields[i]));
		make_type(&fields[i]);
		for (uint32_t j = 0; j < fields[i].width_bytes; j++) {
			if (taken[offset + j]) {
				offset += fields[i].width_bytes;
				j = UINT32_MAX;
			}
		}
		memset(taken + offset, true, fields[i].width_bytes);
		fields[i].offset_bytes = (uint16_t)offset;
		if (offset + fields[i].width_bytes > message->fixed_bytes) {
			message->fixed_bytes = (uint16_t)(offset + fields[i].width_bytes);
		}
	}
	message->low_bytes = message->fixed_bytes;
	message->high_bytes = message->fixed_bytes;
	if (random_below(4) == 0) {
		fields[count] = (struct l1_field){.kind = L1_TAIL,
			.offset_bytes = message->fixed_bytes,
			.width_bytes = (uint16_t)random_below(20)};
		message->high_bytes = (uint16_t)(message->high_bytes + fields[count].width_bytes);
		message->field_count++;
	}
}

static void
make_ranges(struct world *world, struct l1_condition *condition)
{
	uint32_t count = (uint32_t)random_below(5);
	int64_t at = random_value(condition->field);

	condition->ranges = arena_array(&world->arena, 6, sizeof(struct l1_range));
	if (condition->field->member != NULL) {
		/* A test of a set is for there or for not there. */
		at = (int64_t)random_below(2);
		count = 1;
	}
	condition->ranges[condition->range_count++] = (struct l1_range){at, at};
	while (condition->range_count < count && at < INT64_MAX - 400) {
		int64_t low = at + 2 + (int64_t)random_below(100);

		at = low + (int64_t)random_below(100);
		condition->ranges[condition->range_count++] = (struct l1_range){low, at};
	}
}

static struct l1_condition *
make_condition(struct world *world, const struct l1_message *message, uint32_t depth)
{
	struct l1_condition *condition = arena_alloc(&world->arena, sizeof(*condition));
	uint64_t kind = random_below(depth == 0 ? 4 : 9);
	uint32_t fixed = message->field_count;

	if (fixed > 0 && message->fields[fixed - 1].kind == L1_TAIL) {
		fixed--;
	}
	condition->field = &message->fields[random_below(fixed)];
	if (kind < 3) {
		condition->kind = L1_IN;
		condition->field = random_tested(&world->states, condition->field);
		make_ranges(world, condition);
	} else if (kind == 3) {
		condition->kind = L1_FIELDS;
		condition->relation = (enum l1_relation)random_below(3);
		condition->other = &message->fields[random_below(fixed)];
	} else {
		condition->kind = kind < 6 ? L1_AND : kind < 8 ? L1_OR : L1_NOT;
		condition->part_count = kind == 8 ? 1 : 1 + (uint32_t)random_below(3);
		condition->parts =
			arena_array(&world->arena, condition->part_count, sizeof(void *));
		for (uint32_t i = 0; i < condition->part_count; i++) {
			condition->parts[i] = make_condition(world, message, depth - 1);
		}
	}
	return condition;
}

/* Only a whole condition can be `always`. */
static struct l1_condition *
make_rule_condition(struct world *world, const struct l1_message *message)
{
	bool has_fields = message->field_count > 0 && message->fields[0].kind != L1_TAIL;

	return !has_fields || random_below(8) == 0
		       ? arena_alloc(&world->arena, sizeof(struct l1_condition))
		       : make_condition(world, message, 3);
}

static void
make_cells(struct world *world, const struct l1_method *method, enum l1_event event)
{
	static const struct l1_message nothing;
	const struct l1_message *messages[] = {&method->call, &method->reply, &nothing, &nothing};
	uint64_t count = random_below(CELLS + 1);
	bool is_bound = event != L1_CALL && random_below(2) == 0;
	uint32_t before = UINT32_MAX;

	for (uint64_t i = 0; i < count; i++) {
		uint32_t at = world->l1.cell_count++;
		struct l1_rule *rule = &world->rules[at];
		struct l1_cell *cell = &world->cells[at];

		*rule = (struct l1_rule){.number = (uint16_t)(at + 1),
			.is_forbid = event != L1_ABORT && random_below(3) == 0,
			.is_audited = random_below(4) == 0};
		*cell = (struct l1_cell){.holder = HOLDER,
			.target = TARGET,
			.interface = INTERFACE,
			.method = method->number,
			.event = event,
			.condition = make_rule_condition(world, messages[event]),
			.source = rule};
		if (rule->is_forbid) {
			continue;
		}
		cell->is_bound = is_bound;
		cell->is_tail = event != L1_CALL && random_below(2) == 0;
		random_effects(&world->states, &world->arena, cell, messages[event]);
		if (is_bound && before + 1 == at && i != 0 && random_below(2) == 0) {
			cell->source = world->cells[before].source; /* a second tail */
		}
		before = at;
	}
}

static void
world_make(struct world *world)
{
	static const char *errors[] = {"x", "y"};

	memset(world, 0, sizeof(*world));
	arena_init(&world->arena);
	world->interface = (struct l1_interface){.name = "I",
		.short_name = "I",
		.id = INTERFACE,
		.methods = world->methods,
		.method_count = METHODS};
	world->l1 = (struct l1){.interfaces = &world->interface,
		.interface_count = 1,
		.labels = world->labels,
		.label_count = 5,
		.rules = world->rules,
		.cells = world->cells};
	random_states(&world->states, HOLDER, TARGET, &world->l1);
	world->memory = (struct l1_memory){
		.words = arena_array(&world->arena, world->l1.word_count, sizeof(uint64_t))};
	world->now_ns = 0;
	for (uint32_t i = 0; i < METHODS; i++) {
		struct l1_method *method = &world->methods[i];

		method->name = "m";
		method->number = (uint16_t)(i + 1);
		method->is_reserved = random_below(8) == 0;
		method->errors = errors;
		method->error_count = (uint32_t)random_below(3);
		if (method->is_reserved) {
			continue;
		}
		make_message(&method->call, world->fields[i][0]);
		method->is_ask = random_below(4) == 0;
		if (method->is_ask) {
			method->error_count = 0; /* nothing answers it */
			make_cells(world, method, L1_CALL);
			continue;
		}
		make_message(&method->reply, world->fields[i][1]);
		for (uint32_t event = L1_CALL; event <= L1_ABORT; event++) {
			make_cells(world, method, (enum l1_event)event);
		}
	}
	world->l1.rule_count = world->l1.cell_count;
}

/* Near to legal: every field from what matters, sometimes a wrong byte or length. */
static uint32_t
make_bytes(const struct l1_message *message, uint8_t *bytes)
{
	uint32_t length = message->low_bytes +
			  (uint32_t)random_below(message->high_bytes - message->low_bytes + 1u);

	memset(bytes, 0, 128);
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];
		uint64_t value = (uint64_t)random_value(field);

		for (uint32_t j = 0; field->kind != L1_TAIL && j < field->width_bytes; j++) {
			bytes[field->offset_bytes + j] = (uint8_t)(value >> 8 * j);
		}
	}
	if (random_below(8) == 0) {
		bytes[random_below(40)] = (uint8_t)random_next();
	}
	if (random_below(8) == 0) {
		length = (uint32_t)random_below(40);
	}
	return length;
}

static struct ksm_verdict
engine_decide(struct ksm *ksm, struct ksm_edge *edge, const struct l1_query *query)
{
	const struct ksm_query asked = {.event = (enum ksm_event)query->event,
		.method = query->method,
		.is_ask = query->is_ask,
		.status = query->status,
		.call_rule = query->call_rule,
		.bytes = query->bytes,
		.length_bytes = query->length_bytes,
		.now_ns = query->now_ns};
	struct ksm_verdict verdict;

	if (query->event != L1_ABORT) {
		return ksm_decide(ksm, edge, &asked);
	}
	verdict = ksm_abort(ksm, edge, query->method, query->call_rule, query->now_ns);
	if (verdict.reason == KSM_GRANTED && verdict.rule == 0) {
		verdict.reason = KSM_DEFAULT; /* nothing is said about it */
	}
	return verdict;
}

/* Time passes, by a little or by years; instances restart. */
static void
time_pass(struct world *world, struct ksm *ksm)
{
	world->now_ns += random_next() >> (8 + random_below(56));
	if (random_below(16) == 0) {
		uint16_t label = random_below(2) == 0 ? HOLDER : TARGET;

		l1_eval_restart(&world->l1, label, &world->memory);
		ksm_restart(ksm, label);
	}
}

static void
compare(struct world *world, struct ksm *ksm, struct ksm_edge *edge)
{
	static const struct l1_message nothing;
	uint8_t bytes[128];
	struct l1_query query = {.holder = HOLDER,
		.target = TARGET,
		.interface = INTERFACE,
		.method = (uint16_t)(1 + random_below(METHODS)),
		.event = (enum l1_event)random_below(4),
		.bytes = bytes};
	const struct l1_method *method = &world->methods[query.method - 1];
	const struct l1_message *messages[] = {&method->call, &method->reply, &nothing, &nothing};
	struct l1_verdict expected;
	struct ksm_verdict verdict;

	if (query.event == L1_ABORT && method->is_reserved) {
		return; /* such a call was never granted */
	}
	time_pass(world, ksm);
	query.is_ask = method->is_ask != (random_below(8) == 0);
	query.now_ns = world->now_ns;
	query.call_rule = (uint16_t)random_below(world->l1.rule_count + 2u);
	query.status = query.event == L1_ERROR ? (uint32_t)random_below(3) : 0;
	query.length_bytes = query.event == L1_ABORT ? 0 : make_bytes(messages[query.event], bytes);
	expected = l1_eval(&world->l1, &query, &world->memory);
	verdict = engine_decide(ksm, edge, &query);
	/* A bound cell without its rule: L1 says so before it looks at forbids. */
	if (expected.reason == KSM_DEFAULT && verdict.reason == KSM_FORBID) {
		return;
	}
	assert_int_equal(verdict.reason, expected.reason);
	assert_int_equal(verdict.rule, expected.rule);
	assert_int_equal(verdict.field, expected.field);
	assert_int_equal(verdict.operand, expected.operand);
	assert_int_equal(verdict.audit != 0, expected.is_audited);
	assert_memory_equal(
		ksm->words, world->memory.words, world->l1.word_count * sizeof(uint64_t));
}

/* A host never takes what is asked about for a message that the table alone grants. */
static void
check_asked(struct world *world, struct ksm *ksm)
{
	struct ksm_edge *edge = ksm_edge_open(ksm, HOLDER, TARGET, INTERFACE);

	for (uint32_t i = 0; edge != NULL && i < METHODS; i++) {
		const struct l1_message *call = &world->methods[i].call;

		assert_false(world->methods[i].is_ask &&
			     ksm_is_plain(ksm_entry_at(ksm->edges, edge, i + 1), KSM_CALL,
				     call->low_bytes));
	}
}

/* Returns whether the policy could be emitted at all. */
static bool
policy_check(struct world *world)
{
	struct buffer blob;
	struct buffer again;
	struct emit_result result;
	const uint8_t *bytes;
	uint8_t digest[32];
	struct ksm ksm;
	void *memory;

	buffer_init(&blob, &world->arena);
	buffer_init(&again, &world->arena);
	result = emit_policy(&world->l1, &blob);
	if (result.error == EMIT_COST || world->l1.cell_count == 0) {
		return false;
	}
	assert_int_equal(result.error, EMIT_OK);
	assert_int_equal(emit_policy(&world->l1, &again).error, EMIT_OK);
	assert_int_equal(blob.size, again.size);
	assert_memory_equal(blob.bytes, again.bytes, blob.size);
	bytes = (const uint8_t *)blob.bytes;
	sha256(bytes + ksm_digest_offset(), blob.size - ksm_digest_offset(), digest);
	assert_int_equal(ksm_verify(bytes, blob.size, digest, world->l1.core_digest), KSM_OK);
	memory = malloc(ksm_memory_bytes(bytes, blob.size));
	ksm_init(&ksm, bytes, blob.size, memory);
	check_asked(world, &ksm);
	for (uint32_t i = 0; i < MESSAGES; i++) {
		compare(world, &ksm, ksm_edge_open(&ksm, HOLDER, TARGET, INTERFACE));
	}
	free(memory);
	return true;
}

static void
test_random(void **state)
{
	static struct world world;
	uint32_t emitted = 0;

	(void)state;
	random_start(3);
	for (uint32_t i = 0; i < POLICIES; i++) {
		world_make(&world);
		emitted += policy_check(&world);
		arena_release(&world.arena);
	}
	print_message("%u of %u policies could be emitted\n", emitted, POLICIES);
	assert_in_range(emitted, POLICIES / 4, POLICIES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
