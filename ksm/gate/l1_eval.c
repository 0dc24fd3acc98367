/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* l1_eval.c: one event decided by a plain scan over L1, sentence by sentence of ksm/SPEC.md. */
#include "l1_eval.h"

#include <stddef.h>
#include <string.h>

#include "abi/abi.h"
#include "l1.h"
#include "l1_effect.h"
#include "l1_shape.h"

#define L1_EVAL_EFFECTS_MAX 8
#define L1_EVAL_WORDS_MAX   64

/* What an event is judged by. */
struct scene {
	const struct l1_query *query;
	const uint64_t *words;
	uint64_t now_ns;
};

/* S20: the words of the cell that is meant: of the number of the capability, or of a field. */
static uint32_t
cell_first(const struct l1_state *state, const struct l1_field *index, const struct l1_query *query)
{
	uint64_t number = query->number;

	if (index != NULL && index->carries == L1_HANDLE) {
		number = query->given[index->handle];
	} else if (index != NULL) {
		number = (uint64_t)l1_shape_value(index, query);
	}
	return state->first +
	       (number < state->cell_count ? (uint32_t)number : 0) * state->word_count;
}

static bool
set_has(const struct l1_state *state, const uint64_t *words, int64_t value)
{
	for (uint32_t i = 0; i < state->word_count; i++) {
		if (words[i] == l1_effect_word(state->object, value)) {
			return true;
		}
	}
	return false;
}

static int64_t value_of(const struct l1_field *field, const struct scene *scene);

/* S9: no sum of values of these types overflows. No term is a sum itself. */
static int64_t
sum_value(const struct l1_field *sum, const struct scene *scene)
{
	int64_t value = 0;

	for (uint32_t i = 0; i < sum->term_count; i++) {
		int64_t term = value_of(sum->terms[i].field, scene);

		value = sum->terms[i].is_subtracted ? value - term : value + term;
	}
	return value;
}

/* What a test or an effect looks at: a field, or what is remembered; of a set, the field that it
 * may have. */
static int64_t
value_of(const struct l1_field *field, const struct scene *scene)
{
	const struct l1_state *state = field->state;
	const uint64_t *words;

	if (field->term_count != 0) {
		return sum_value(field, scene);
	}
	if (field->whole != NULL) {
		return l1_shape_part(field, scene->query);
	}
	if (state == NULL) {
		return l1_shape_value(field, scene->query);
	}
	words = scene->words + cell_first(state, field->index, scene->query);
	if (field->member != NULL) {
		return set_has(state, words, value_of(field->member, scene));
	}
	return state->object->kind == L1_LATCH ? scene->now_ns < *words : (int64_t)*words;
}

/* O3: how much an effect adds, or which value it is about. */
static int64_t
amount_of(const struct l1_effect *effect, const struct scene *scene)
{
	int64_t said = effect->field == NULL ? 0 : value_of(effect->field, scene);

	return said + effect->amount;
}

static bool
fields_relate(const struct l1_condition *condition, const struct scene *scene)
{
	int64_t left = value_of(condition->field, scene);
	int64_t right = value_of(condition->other, scene);

	switch (condition->relation) {
	case L1_LESS:
		return left < right;
	case L1_LESS_EQUAL:
		return left <= right;
	case L1_EQUAL:
		return left == right;
	}
	return false;
}

/* S10: no order, no effects. Conditions are as deep as the source nests, which the parser bounds.
 */
static bool
condition_holds(const struct l1_condition *condition, const struct scene *scene)
{
	int64_t value;

	switch (condition->kind) {
	case L1_ALWAYS:
		return true;
	case L1_AND:
		for (uint32_t i = 0; i < condition->part_count; i++) {
			if (!condition_holds(condition->parts[i], scene)) {
				return false;
			}
		}
		return true;
	case L1_OR:
		for (uint32_t i = 0; i < condition->part_count; i++) {
			if (condition_holds(condition->parts[i], scene)) {
				return true;
			}
		}
		return false;
	case L1_NOT:
		return !condition_holds(condition->parts[0], scene);
	case L1_IN:
		value = value_of(condition->field, scene);
		for (uint32_t i = 0; i < condition->range_count; i++) {
			if (value >= condition->ranges[i].low &&
				value <= condition->ranges[i].high) {
				return true;
			}
		}
		return false;
	case L1_FIELDS:
		return fields_relate(condition, scene);
	}
	return false;
}

/* D6: the leftmost test that is false; under an odd number of `not` the leftmost that is true. */
static const struct l1_condition *
test_failed(const struct l1_condition *condition, const struct scene *scene, bool wanted)
{
	switch (condition->kind) {
	case L1_ALWAYS:
		return NULL;
	case L1_AND:
	case L1_OR:
		for (uint32_t i = 0; i < condition->part_count; i++) {
			const struct l1_condition *found =
				test_failed(condition->parts[i], scene, wanted);

			if (found != NULL) {
				return found;
			}
		}
		return NULL;
	case L1_NOT:
		return test_failed(condition->parts[0], scene, !wanted);
	case L1_IN:
	case L1_FIELDS:
		return condition_holds(condition, scene) == wanted ? NULL : condition;
	}
	return NULL;
}

static bool
cell_on_edge(const struct l1_cell *cell, const struct l1_query *query)
{
	return cell->holder == query->holder && cell->target == query->target &&
	       cell->interface == query->interface;
}

static bool
cell_names(const struct l1_cell *cell, const struct l1_query *query)
{
	return cell_on_edge(cell, query) && cell->method == query->method &&
	       cell->event == query->event;
}

static bool
wire_makes_edge(const struct l1 *l1, const struct l1_instance *from, const struct l1_wire *wire,
	const struct l1_query *query)
{
	const struct l1_instance *to = &l1->instances[wire->target];

	return from->label == query->holder && to->label == query->target &&
	       to->class->gives[wire->gives].interface == query->interface;
}

static bool
signal_makes_edge(const struct l1 *l1, const struct l1_instance *from, uint16_t to,
	const struct l1_query *query)
{
	return from->label == query->holder && l1->instances[to].label == query->target &&
	       query->interface == INTERFACE_SIGNAL;
}

/* What it makes capabilities of, it can hold. */
static bool
resource_makes_edge(const struct l1_instance *from, uint32_t index, const struct l1_query *query)
{
	const struct l1_class *class = from->class;

	return from->label == query->holder && from->resource_label + index == query->target &&
	       class->gives[class->resources[index].gives].interface == query->interface;
}

/* E3: over a wire, by a signal, by a label of its own, or by a rule; else no capability for it can
 * be placed. */
static bool
edge_exists(const struct l1 *l1, const struct l1_query *query)
{
	for (uint32_t i = 0; i < l1->cell_count; i++) {
		if (cell_on_edge(&l1->cells[i], query)) {
			return true;
		}
	}
	for (uint32_t i = 0; i < l1->instance_count; i++) {
		const struct l1_instance *from = &l1->instances[i];

		for (uint32_t w = 0; w < from->wire_count; w++) {
			if (wire_makes_edge(l1, from, &from->wires[w], query)) {
				return true;
			}
		}
		for (uint32_t n = 0; n < from->class->resource_count; n++) {
			if (resource_makes_edge(from, n, query)) {
				return true;
			}
		}
		for (uint32_t n = 0; n < from->signal_count; n++) {
			if (signal_makes_edge(l1, from, from->signals[n], query)) {
				return true;
			}
		}
	}
	return false;
}

/* R17: what must be recorded and cannot be is denied, before it matters what a machine does. */
static void
room_check(const struct l1_cell *cell, const struct l1_query *query, struct l1_verdict *verdict)
{
	if (cell->source->audit == KSM_AUDIT_MUST && query->is_audit_full &&
		query->event != L1_ABORT && verdict->reason != KSM_FULL) {
		verdict->reason = KSM_FULL;
		verdict->field = L1_EVAL_FIELD_NONE;
		verdict->operand = 0;
	}
}

/* S13, S14: all effects of the grant, or none and the first reason in the order of S5. */
static void
effects_apply(const struct l1_cell *cell, const struct scene *scene, struct l1_memory *memory,
	struct l1_verdict *verdict)
{
	uint64_t after[L1_EVAL_EFFECTS_MAX][L1_EVAL_WORDS_MAX];

	for (uint32_t i = 0; i < l1_effect_count(cell); i++) {
		const struct l1_state *state = l1_effects(cell)[i].state;
		int64_t operand = 0;
		enum ksm_reason reason;

		memcpy(after[i],
			&memory->words[cell_first(state, l1_effects(cell)[i].index, scene->query)],
			state->word_count * sizeof after[i][0]);
		reason = l1_effect_apply(&l1_effects(cell)[i],
			amount_of(&l1_effects(cell)[i], scene), scene->now_ns, after[i], &operand);
		if (reason != KSM_GRANTED &&
			(verdict->reason == KSM_GRANTED || reason < verdict->reason)) {
			verdict->reason = reason;
			verdict->field = state->field->offset_bytes;
			verdict->operand = operand;
		}
	}
	room_check(cell, scene->query, verdict);
	for (uint32_t i = 0; verdict->reason == KSM_GRANTED && i < l1_effect_count(cell); i++) {
		const struct l1_state *state = l1_effects(cell)[i].state;

		memcpy(&memory->words[cell_first(state, l1_effects(cell)[i].index, scene->query)],
			after[i], state->word_count * sizeof after[i][0]);
	}
}

/* R17: the first grant in a while is recorded. */
static void
first_record(const struct l1_cell *cell, struct l1_memory *memory, struct l1_verdict *verdict)
{
	uint64_t *word;
	uint64_t until_ns;

	if (l1_first(cell) == NULL || verdict->reason != KSM_GRANTED) {
		return;
	}
	word = &memory->words[l1_first(cell)->first];
	if (memory->now_ns >= *word) {
		verdict->audit = KSM_AUDIT_GRANTED;
		until_ns = memory->now_ns + l1_first(cell)->object->amount;
		*word = until_ns < KSM_TIME_MAX ? until_ns : KSM_TIME_MAX;
	}
}

/* R17: a word about grants is none about denials, and the reverse. */
static enum ksm_audit
audit_word(const struct l1_cell *cell, const struct l1_verdict *verdict)
{
	bool is_quiet = cell->source->audit == KSM_AUDIT_NEVER;

	return (verdict->reason == KSM_GRANTED) == is_quiet ? KSM_AUDIT_UNSAID
							    : (enum ksm_audit)cell->source->audit;
}

/* D6: what a guard that does not hold shows. */
static void
guard_show(const struct l1_cell *named, const struct scene *scene, struct l1_verdict *verdict)
{
	const struct l1_field *field;

	verdict->reason = named->is_tail ? KSM_REPLY_TAIL : KSM_GUARD;
	verdict->rule = named->source->number;
	verdict->test = test_failed(named->condition, scene, true);
	if (verdict->test == NULL) {
		return;
	}
	field = verdict->test->field;
	field = field->member != NULL ? field->member : field;
	verdict->field = field->offset_bytes;
	verdict->operand = field->is_secret ? 0 : value_of(field, scene);
}

/* D4 to D6 (S1, S4): forbids first, then the smallest allow that holds, else the guard. */
static void
decide_rules(const struct l1_cell *cells, uint32_t count, const struct scene *scene,
	struct l1_memory *memory, struct l1_verdict *verdict)
{
	const struct l1_cell *named = NULL;
	const struct l1_cell *granting = NULL;
	const struct l1_cell *forbidding = NULL;

	for (uint32_t i = 0; i < count; i++) {
		const struct l1_cell *cell = &cells[i];
		const struct l1_cell **best;

		if (!cell_names(cell, scene->query) ||
			(cell->is_bound && cell->source->number != scene->query->call_rule)) {
			continue;
		}
		if (!cell->source->is_forbid &&
			(named == NULL || cell->source->number < named->source->number)) {
			named = cell;
		}
		best = cell->source->is_forbid ? &forbidding : &granting;
		if (condition_holds(cell->condition, scene) &&
			(*best == NULL || cell->source->number < (*best)->source->number)) {
			*best = cell;
		}
	}
	if (named == NULL) {
		verdict->reason = KSM_DEFAULT;
	} else if (forbidding != NULL) {
		verdict->reason = KSM_FORBID;
		verdict->rule = forbidding->source->number;
		verdict->audit = audit_word(forbidding, verdict);
	} else if (granting != NULL) {
		verdict->reason = KSM_GRANTED;
		verdict->rule = granting->source->number;
		effects_apply(granting, scene, memory, verdict);
		verdict->audit = audit_word(granting, verdict);
		first_record(granting, memory, verdict);
	} else {
		guard_show(named, scene, verdict);
		verdict->audit = audit_word(named, verdict);
	}
}

/* S28: a time before the latest one is taken as that one; it stands still at 2^63 - 1. */
static void
time_tell(struct l1_memory *memory, uint64_t now_ns)
{
	uint64_t told_ns = now_ns > KSM_TIME_MAX ? KSM_TIME_MAX : now_ns;

	memory->now_ns = told_ns > memory->now_ns ? told_ns : memory->now_ns;
}

struct l1_verdict
l1_eval(const struct l1 *l1, const struct l1_query *query, struct l1_memory *memory)
{
	static const struct l1_message empty = {0};
	struct l1_verdict verdict = {.reason = KSM_SHAPE, .field = L1_EVAL_FIELD_NONE};
	const struct l1_message *message;
	struct scene scene = {query, memory->words, 0};

	if (query->event >= L1_COMES) {
		decide_rules(l1->passages, l1->passage_count, &scene, memory, &verdict);
		verdict.reason = verdict.reason == KSM_DEFAULT ? KSM_GRANTED : verdict.reason;
		return verdict; /* S22, S25: where no limit counts, nothing happens */
	}
	if (!edge_exists(l1, query)) {
		verdict.reason = KSM_DEFAULT;
		return verdict;
	}
	message = l1_shape_message(l1, query, &empty);
	if (message == NULL || !l1_shape_right(message, query, &verdict)) {
		return verdict;
	}
	time_tell(memory, query->now_ns);
	scene.now_ns = memory->now_ns;
	decide_rules(l1->cells, l1->cell_count, &scene, memory, &verdict);
	return verdict;
}

/* As an event at that time would be judged. */
static struct scene
scene_now(const struct l1_query *query, const struct l1_memory *memory)
{
	struct l1_memory told = *memory;

	time_tell(&told, query->now_ns);
	return (struct scene){query, memory->words, told.now_ns};
}

bool
l1_eval_holds(const struct l1_condition *condition, const struct l1_query *query,
	const struct l1_memory *memory)
{
	struct scene scene = scene_now(query, memory);

	return condition_holds(condition, &scene);
}

void
l1_eval_guard(const struct l1_cell *cell, const struct l1_query *query,
	const struct l1_memory *memory, struct l1_verdict *verdict)
{
	struct scene scene = scene_now(query, memory);

	guard_show(cell, &scene, verdict);
}

void
l1_eval_restart(const struct l1 *l1, uint16_t label, struct l1_memory *memory)
{
	for (uint32_t i = 0; i < l1->state_count; i++) {
		const struct l1_state *state = l1->states[i];

		if (state->object->resets && label != 0 &&
			(state->holder == label || state->target == label)) {
			memset(&memory->words[state->first], 0,
				(size_t)state->cell_count * state->word_count *
					sizeof memory->words[0]);
		}
	}
}
