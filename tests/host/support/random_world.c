/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Two random policies for one random system, with the same states. */
#include "tests/host/support/random_world.h"

#include <string.h>

#include "ksm/engine/ksm.h"
#include "tests/host/support/random.h"

bool random_guards;

static const struct l1_name names[] = {{"a", 0}, {"b", 1}, {"c", 2}, {"d", 7}, {"e", 9}, {"f", 10}};

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

void
random_type(struct l1_field *field)
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

/* Some fields are there only if one in front of them, a flag or an enum, has some value. */
static void
make_guards(struct l1_message *message)
{
	for (uint32_t i = 1; i < message->field_count; i++) {
		struct l1_field *field = &message->fields[i];
		const struct l1_field *guard = &message->fields[random_below(i)];

		if (guard->kind != L1_BOOL && guard->kind != L1_ENUM) {
			continue;
		}
		field->guard = guard;
		field->guard_value =
			guard->kind == L1_BOOL ? 1 : guard->names[random_below(3)].value;
	}
}

/* Some of the last fields may be left out: those that no field in front of them covers. */
static void
make_late(struct world *world, struct l1_message *message)
{
	struct l1_range *lengths =
		arena_array(&world->arena, message->field_count + 1u, sizeof *lengths);
	uint32_t first = (uint32_t)random_below(message->field_count + 1u);
	uint32_t count = 1;
	uint32_t low = 0;

	for (uint32_t i = 0; i < first; i++) {
		const struct l1_field *field = &message->fields[i];
		uint32_t own = (uint32_t)field->offset_bytes + field->width_bytes;

		low = own > low ? own : low;
	}
	lengths[0] = (struct l1_range){low, low};
	for (uint32_t i = first; i < message->field_count; i++) {
		struct l1_field *field = &message->fields[i];
		int64_t own = (int64_t)field->offset_bytes + field->width_bytes;
		struct l1_range *last = &lengths[count - 1];

		field->is_late = own > low;
		field->absent = field->guard != NULL   ? 0
				: random_below(2) == 0 ? field->low
						       : field->high;
		if (own == last->high + 1) {
			last->high = own;
		} else if (own > last->high) {
			lengths[count++] = (struct l1_range){own, own};
		}
	}
	message->low_bytes = (uint16_t)low;
	if (count > 1) {
		message->lengths = lengths;
		message->length_count = count;
	}
}

/* Layout as l1.h says: the lowest free offset that is a multiple of the width. */
static void
make_message(struct world *world, struct l1_message *message, struct l1_field *fields)
{
	bool taken[64] = {false};
	uint32_t count = (uint32_t)random_below(FIELDS);

	*message = (struct l1_message){.fields = fields, .field_count = count};
	for (uint32_t i = 0; i < count; i++) {
		uint32_t offset = 0;

		memset(&fields[i], 0, sizeof(fields[i]));
		random_type(&fields[i]);
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
	if (random_guards && random_below(2) == 0) {
		make_guards(message);
	}
	if (random_guards && random_below(4) == 0) {
		random_list(&world->arena, message);
	} else if (random_below(4) == 0) {
		fields[count] = (struct l1_field){.kind = L1_TAIL,
			.offset_bytes = message->fixed_bytes,
			.width_bytes = (uint16_t)random_below(20)};
		message->high_bytes = (uint16_t)(message->high_bytes + fields[count].width_bytes);
		message->field_count++;
	} else if (random_below(2) == 0) {
		make_late(world, message);
	}
}

static void
make_ranges(struct world *world, struct l1_condition *condition)
{
	uint32_t count = (uint32_t)random_below(5);
	int64_t at = random_value(condition->field);

	condition->ranges = arena_array(&world->arena, 6, sizeof(struct l1_range));
	if (condition->field->member != NULL || condition->field->whole != NULL) {
		/* A test of a set is for there or for not there; of a length, for a short one. */
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

/* One that can be tested; of a list also how many elements it has. */
static const struct l1_field *
random_field(const struct l1_message *message)
{
	const struct l1_field *field;

	do {
		field = &message->fields[random_below(message->field_count)];
	} while (field->kind == L1_TAIL && field->unit_bytes == 0);
	return field->kind == L1_TAIL ? &field->parts[0] : field;
}

static struct l1_condition *
make_condition(struct world *world, const struct l1_message *message, uint32_t depth)
{
	struct l1_condition *condition = arena_alloc(&world->arena, sizeof(*condition));
	uint64_t kind = random_below(depth == 0 ? 4 : 9);
	const struct l1_field *sum;

	condition->field = random_field(message);
	if (kind < 3) {
		condition->kind = L1_IN;
		condition->field = condition->field->whole != NULL
					   ? condition->field
					   : random_tested(&world->states, condition->field);
		if (random_guards && random_below(3) == 0) {
			sum = random_sum(&world->states, &world->arena, message);
			condition->field = sum != NULL ? sum : condition->field;
		}
		make_ranges(world, condition);
	} else if (kind == 3) {
		condition->kind = L1_FIELDS;
		condition->relation = (enum l1_relation)random_below(3);
		condition->other = random_field(message);
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
	bool has_fields = message->field_count > 0 && (message->fields[0].kind != L1_TAIL ||
							      message->fields[0].unit_bytes != 0);

	return !has_fields || random_below(8) == 0
		       ? arena_alloc(&world->arena, sizeof(struct l1_condition))
		       : make_condition(world, message, 3);
}

static void
make_cells(struct world *world, const struct l1_method *method, enum l1_event event)
{
	static const struct l1_message nothing;
	const struct l1_message *messages[] = {
		&method->call, &method->reply, &method->error, &nothing};
	uint64_t count = random_below(CELLS + 1);
	bool is_bound = event != L1_CALL && random_below(2) == 0;
	uint32_t before = UINT32_MAX;

	for (uint64_t i = 0; i < count; i++) {
		uint32_t at = world->l1.cell_count++;
		struct l1_rule *rule = &world->rules[world->side][at];
		struct l1_cell *cell = &world->cells[world->side][at];

		*rule = (struct l1_rule){.number = (uint32_t)(at + 1),
			.is_forbid = event != L1_ABORT && random_below(3) == 0,
			.audit = random_below(3) != 0 ? 0
						      : (uint8_t)random_below(KSM_AUDIT_NEVER + 1)};
		*cell = (struct l1_cell){.holder = HOLDER,
			.target = TARGET,
			.interface = INTERFACE,
			.method = method->number & L1_METHOD,
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
			cell->source = world->cells[world->side][before].source; /* a second tail */
		}
		before = at;
	}
}

void
side_take(struct world *world, uint32_t side)
{
	world->side = side;
	world->l1 = world->sides[side];
}

static void
rules_make(struct world *world, uint32_t side)
{
	side_take(world, side);
	for (uint32_t i = 0; i < METHODS; i++) {
		for (uint32_t event = L1_CALL; event <= L1_ABORT; event++) {
			bool is_said = event == L1_CALL || !world->methods[i].is_ask;

			if (!world->methods[i].is_reserved && is_said) {
				make_cells(world, &world->methods[i], (enum l1_event)event);
			}
		}
	}
	world->l1.rule_count = world->l1.cell_count + 1;
	world->rules[side][world->l1.cell_count] = (struct l1_rule){.number = world->l1.rule_count};
	for (uint32_t i = 0; i < 3; i++) {
		struct l1_cell *cell = &world->passages[side][i];

		*cell = (struct l1_cell){.holder = HOLDER,
			.target = TARGET,
			.interface = INTERFACE,
			.event = i == 0 ? L1_COMES : L1_GOES,
			.source = &world->rules[side][world->l1.cell_count]};
		random_passage(&world->states, &world->arena, cell, i == 1);
	}
	world->l1.passages = world->passages[side];
	world->l1.passage_count = 3;
	world->sides[side] = world->l1;
}

void
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
		.rules = world->rules[0],
		.cells = world->cells[0]};
	random_states(&world->states, HOLDER, TARGET, &world->l1);
	world->words = arena_array(&world->arena, world->l1.word_count, sizeof(uint64_t));
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
		make_message(world, &method->call, world->fields[i][0]);
		method->is_ask = random_below(4) == 0;
		if (method->is_ask) {
			method->error_count = 0; /* nothing answers it */
			continue;
		}
		make_message(world, &method->reply, world->fields[i][1]);
		if (random_guards && method->error_count != 0 && random_below(2) == 0) {
			random_error(&world->arena, method, world->fields[i][2]);
		}
	}
	world->sides[1] = world->sides[0] = world->l1;
	world->sides[1].rules = world->rules[1];
	world->sides[1].cells = world->cells[1];
	rules_make(world, 1);
	rules_make(world, 0);
}

/* Mostly those of one error alone. */
static void
make_case(const struct l1_message *message, uint8_t *bytes, int64_t status)
{
	for (uint32_t i = 1; i < message->field_count; i++) {
		if (message->fields[i].guard_value != status) {
			memset(bytes + message->fields[i].offset_bytes, 0,
				message->fields[i].width_bytes);
		}
	}
}

uint32_t
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
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		if (field->guard != NULL && !field->is_element && random_below(8) != 0 &&
			!field->guard->is_status &&
			bytes[field->guard->offset_bytes] != field->guard_value) {
			memset(bytes + field->offset_bytes, 0, field->width_bytes);
		}
	}
	if (message->field_count != 0 && message->fields[0].is_status) {
		length = message->fixed_bytes;
		make_case(message, bytes, 1 + (int64_t)random_below(2));
	}
	if (random_below(8) == 0) {
		bytes[random_below(40)] = (uint8_t)random_next();
	}
	if (random_below(8) == 0) {
		length = (uint32_t)random_below(40);
	}
	return length;
}
