/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random states of a policy, tests of them and effects on them. */
#include "tests/host/support/random_world.h"

#include "ksm/engine/ksm.h"
#include "ksm/gate/arena.h"
#include "tests/host/support/random.h"

static const struct l1_name names[] = {{"a", 0}, {"b", 1}, {"c", 2}};

void
random_states(struct random_states *states, uint16_t holder, uint16_t target, struct l1 *l1)
{
	static const uint64_t amounts[] = {1, 2, 7, 1000, UINT64_C(1) << 40, UINT64_C(1) << 55};

	for (uint32_t i = 0; i < RANDOM_STATES; i++) {
		struct l1_object *object = &states->objects[i];
		struct l1_state *state = &states->states[i];

		*object = (struct l1_object){.name = "o",
			.kind = (enum l1_object_kind)i,
			.resets = random_below(2) == 0,
			.count = 1,
			.amount = amounts[random_below(6)]};
		if (i == L1_BUCKET || i == L1_WINDOW || i == L1_SET) {
			object->count = 1 + (uint32_t)random_below(4);
		}
		if (i == L1_SET) {
			object->low = (int64_t)random_below(5) - 2;
		}
		if (i == L1_MACHINE) {
			object->amount = 0;
			object->count = 3;
			object->names = names;
			object->sources = states->sources;
		}
		*state = (struct l1_state){.object = object,
			.number = (uint16_t)i,
			.id = i + 1,
			.holder = random_below(2) == 0 ? holder : 0,
			.target = random_below(2) == 0 ? target : 0,
			.first = l1->word_count,
			.cell_count = 1,
			.word_count = i == L1_SET      ? object->count
				      : i == L1_WINDOW ? 1 + object->count
						       : 1};
		state->field = &states->fields[i];
		*state->field = (struct l1_field){.kind = i == L1_LATCH ? L1_BOOL : L1_INTEGER,
			.offset_bytes = (uint16_t)(KSM_FIELD_STATE + i),
			.width_bytes = 8,
			.high = 9,
			.state = state};
		l1->word_count += state->word_count;
		states->numbered[i] = state;
	}
	for (uint32_t i = 0; i < 4; i++) {
		states->sources[i] = 1 + (uint32_t)random_below(7);
	}
	l1->states = states->numbered;
	l1->state_count = RANDOM_STATES;
}

const struct l1_field *
random_tested(struct random_states *states, const struct l1_field *field)
{
	static const enum l1_object_kind kinds[] = {L1_LATCH, L1_COUNTER, L1_MACHINE};
	struct l1_field *member;

	if (random_below(3) != 0) {
		return field;
	}
	if (random_below(3) != 0 || states->member_count == RANDOM_MEMBERS) {
		return states->states[kinds[random_below(3)]].field;
	}
	member = &states->members[states->member_count++];
	*member = (struct l1_field){.kind = L1_BOOL,
		.width_bytes = 1,
		.high = 1,
		.offset_bytes = field->offset_bytes,
		.state = &states->states[L1_SET],
		.member = field};
	return member;
}

/* Whether it is an amount, or with a number more a value of a set: of the message alone. */
static bool
sum_fits(const struct l1_field *sum, const struct l1_object *object)
{
	for (uint32_t i = 0; i < sum->term_count; i++) {
		const struct l1_field *field = sum->terms[i].field;

		/* What is not there is 0, which may be out of its type; an element is then in it.
		 */
		if (field->state != NULL || (field->guard != NULL && !field->is_element)) {
			return false;
		}
	}
	return object->kind == L1_COUNTER || sum->high - sum->low < (int64_t)object->amount;
}

static void
make_effect(struct random_states *states, struct arena *arena, struct l1_effect *effect,
	uint32_t state, const struct l1_message *message)
{
	const struct l1_object *object = &states->objects[state];
	bool has_field = message->field_count > 0 && message->fields[0].kind != L1_TAIL;
	bool is_first = random_below(2) == 0;
	const struct l1_field *sum;

	*effect = (struct l1_effect){.state = &states->states[state], .amount = 1};
	switch (object->kind) {
	case L1_BUCKET:
		effect->amount = 1 + (int64_t)random_below(object->count);
		break;
	case L1_COUNTER:
	case L1_SET:
		effect->kind = object->kind == L1_COUNTER ? (is_first ? L1_ADD : L1_SUB)
							  : (is_first ? L1_INSERT : L1_REMOVE);
		sum = random_guards && random_below(2) == 0 ? random_sum(states, arena, message)
							    : NULL;
		if (sum != NULL && sum_fits(sum, object)) {
			effect->field = sum;
			effect->amount = object->low - sum->low;
			if (object->kind == L1_COUNTER && effect->amount < 0) {
				effect->amount = 0;
			}
		} else if (has_field && random_below(2) == 0 &&
			   message->fields[0].low >= object->low &&
			   message->fields[0].high - object->low < (int64_t)object->amount) {
			effect->field = &message->fields[0];
			effect->amount = 0;
		} else {
			effect->amount = object->kind == L1_COUNTER ? 1 : object->low;
		}
		break;
	case L1_MACHINE:
		effect->kind = L1_ENTER;
		effect->amount = (int64_t)random_below(3);
		break;
	case L1_LATCH:
		effect->kind = is_first ? L1_HOLD : L1_DROP;
		effect->amount = 0;
		break;
	case L1_WINDOW:
	case L1_LIMIT:
		break;
	}
}

void
random_effects(struct random_states *states, struct arena *arena, struct l1_cell *cell,
	const struct l1_message *message)
{
	uint32_t state = (uint32_t)random_below(RANDOM_RULED);
	struct l1_effect *effects = arena_array(arena, RANDOM_EFFECTS, sizeof(*effects));
	struct l1_then *then = arena_alloc(arena, sizeof(*then));

	then->effect_count = (uint32_t)random_below(RANDOM_EFFECTS + 1);
	then->effects = effects;
	cell->then = then;
	for (uint32_t i = 0; i < then->effect_count; i++) {
		make_effect(states, arena, &effects[i], (state + i) % RANDOM_RULED, message);
	}
}

/* Counts by the limit; with the last one some states begin anew. */
void
random_passage(
	struct random_states *states, struct arena *arena, struct l1_cell *cell, bool is_last)
{
	uint32_t state = (uint32_t)random_below(RANDOM_RULED);
	struct l1_effect *effects = arena_array(arena, RANDOM_EFFECTS + 1, sizeof(*effects));
	struct l1_condition *condition = arena_alloc(arena, sizeof(*condition));
	struct l1_then *then = arena_alloc(arena, sizeof(*then));

	*condition = (struct l1_condition){.kind = L1_ALWAYS};
	cell->condition = condition;
	then->effects = effects;
	then->effect_count = 1;
	cell->then = then;
	effects[0] = (struct l1_effect){.kind = cell->event == L1_COMES ? L1_ADD : L1_SUB,
		.state = &states->states[L1_LIMIT],
		.amount = 1};
	if (cell->event == L1_COMES) {
		return;
	}
	condition->kind = L1_IN;
	condition->field = states->states[L1_LIMIT].field;
	condition->ranges = arena_alloc(arena, sizeof(*condition->ranges));
	condition->ranges[0] = is_last ? (struct l1_range){1, 1} : (struct l1_range){2, INT64_MAX};
	condition->range_count = 1;
	for (uint32_t i = 0; is_last && i < RANDOM_EFFECTS; i++) {
		effects[then->effect_count++] = (struct l1_effect){
			.kind = L1_ANEW, .state = &states->states[(state + i) % RANDOM_RULED]};
	}
}
