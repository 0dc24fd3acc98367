/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_state.c: what is remembered, set to every value that can matter at a place. */
#include "validate_state.h"

#include <stddef.h>
#include <string.h>

#include "arena.h"
#include "blob_tests.h"
#include "grid.h"
#include "ksm/format_state.h"
#include "l1.h"
#include "payload.h"

/* How a set is before an effect; with the value of the effect, or without. */
enum set_scene { SET_EMPTY, SET_HAS, SET_FULL_WITH, SET_FULL_WITHOUT, SET_ONE_FREE, SET_SCENES };

static bool
state_equal(const struct l1_state *state, const uint8_t *p)
{
	static const uint8_t kinds[] = {
		[L1_BUCKET] = FORMAT_BUCKET,
		[L1_WINDOW] = FORMAT_WINDOW,
		[L1_LATCH] = FORMAT_LATCH,
		[L1_COUNTER] = FORMAT_COUNTER,
		[L1_SET] = FORMAT_SET,
		[L1_MACHINE] = FORMAT_MACHINE,
		[L1_LIMIT] = FORMAT_LIMIT,
	};
	const struct l1_object *object = state->object;

	return p[0] == kinds[object->kind] &&
	       (p[offsetof(struct format_state, resets)] != 0) == object->resets &&
	       format_state_cells(p) == state->cell_count &&
	       format_u16(p + offsetof(struct format_state, holder)) == state->holder &&
	       format_u16(p + offsetof(struct format_state, target)) == state->target &&
	       format_u32(p + offsetof(struct format_state, count)) == object->count &&
	       format_u32(p + offsetof(struct format_state, first)) == state->first &&
	       (int64_t)format_u64(p + offsetof(struct format_state, low)) == object->low &&
	       format_u64(p + offsetof(struct format_state, amount)) == object->amount &&
	       format_u64(p + offsetof(struct format_state, id)) == state->id;
}

const char *
state_objects_compare(const struct l1 *l1, const struct ksm *ksm)
{
	if (l1->state_count != ksm->count[FORMAT_STATES]) {
		return "the blob remembers more or less than L1";
	}
	for (uint32_t i = 0; i < l1->state_count; i++) {
		if (!state_equal(l1->states[i],
			    ksm->at[FORMAT_STATES] + i * sizeof(struct format_state))) {
			return "the blob remembers something else than L1";
		}
	}
	return NULL;
}

/* Of all cells. */
static size_t
words_of(const struct l1_state *state)
{
	return (size_t)state->cell_count * state->word_count;
}

/* The last one shows best whether it is the right one. */
static void
number_choose(struct state_scene *scene, const struct l1_state *state)
{
	scene->number =
		state->cell_count - 1 > scene->number ? state->cell_count - 1 : scene->number;
}

static void
touch(struct state_scene *scene, const struct l1_state *state)
{
	const struct l1_state **known = scene->touched.elements;

	for (uint32_t i = 0; i < scene->touched.count; i++) {
		if (known[i] == state) {
			return;
		}
	}
	*(const struct l1_state **)vector_push(&scene->touched, scene->arena, sizeof state) = state;
	number_choose(scene, state);
}

/* A condition whose border is between `last` and the next value. */
static void
cut_add(struct state_scene *scene, struct vector *conditions, const struct l1_field *field,
	int64_t last)
{
	struct l1_condition *in = arena_alloc(scene->arena, sizeof *in);

	in->kind = L1_IN;
	in->field = field;
	in->ranges = arena_alloc(scene->arena, sizeof *in->ranges);
	in->ranges[0] = (struct l1_range){field->low, last < field->low ? field->low : last};
	in->range_count = 1;
	*(const struct l1_condition **)vector_push(conditions, scene->arena, sizeof in) = in;
}

/* A value outside of a set's type is looked up, too. */
static void
member_cut(struct state_scene *scene, struct vector *conditions, const struct l1_field *member)
{
	const struct l1_object *set = member->state->object;
	int64_t last = set->low + (int64_t)(set->amount - 1);

	if (set->low > member->member->low) {
		cut_add(scene, conditions, member->member, set->low - 1);
	}
	cut_add(scene, conditions, member->member, last);
}

static void
field_touch(struct state_scene *scene, const struct l1_field *field)
{
	if (field == NULL) {
		return;
	}
	if (field->state != NULL) {
		touch(scene, field->state);
	}
	for (uint32_t i = 0; i < field->term_count; i++) {
		field_touch(scene, field->terms[i].field);
	}
}

static void
condition_touch(
	struct state_scene *scene, struct vector *conditions, const struct l1_condition *condition)
{
	const struct l1_field *field = condition->field;

	field_touch(scene, field);
	field_touch(scene, condition->other);
	if (field != NULL && field->member != NULL) {
		member_cut(scene, conditions, field);
	}
	for (uint32_t i = 0; i < condition->part_count; i++) {
		condition_touch(scene, conditions, condition->parts[i]);
	}
}

static void
bucket_cut(struct state_scene *scene, struct vector *conditions, const struct blob_effect *effect)
{
	const struct l1_object *object = effect->state->object;
	int64_t room = (int64_t)(object->count * object->amount);
	int64_t now = (int64_t)VALIDATE_NOW_NS;

	cut_add(scene, conditions, effect->state->field, now);
	cut_add(scene, conditions, effect->state->field,
		now + room - (int64_t)(effect->amount * object->amount));
	cut_add(scene, conditions, effect->state->field, now + room);
}

static void
effect_cut(struct state_scene *scene, struct vector *conditions, const struct blob_effect *effect)
{
	const struct l1_field *field = effect->state->field;
	int64_t most = (int64_t)effect->state->object->amount;

	switch (effect->state->object->kind) {
	case L1_BUCKET:
		bucket_cut(scene, conditions, effect);
		break;
	case L1_WINDOW:
		cut_add(scene, conditions, field, (int64_t)VALIDATE_NOW_NS);
		break;
	case L1_COUNTER:
	case L1_LIMIT:
		cut_add(scene, conditions, field, most - (int64_t)effect->amount);
		cut_add(scene, conditions, field, (int64_t)effect->amount - 1);
		break;
	case L1_SET:
		for (int64_t i = 0; i < SET_SCENES; i++) {
			cut_add(scene, conditions, field, i);
		}
		break;
	case L1_LATCH:
	case L1_MACHINE:
		cut_add(scene, conditions, field, 0);
		break;
	}
}

/* A field whose value an effect takes: its own ends, and the counter's ends less these. */
static void
operand_cut(struct state_scene *scene, struct vector *conditions, const struct l1_effect *effect)
{
	const struct l1_field *counter = effect->state->field;
	int64_t most = (int64_t)effect->state->object->amount;
	int64_t low = effect->field->low + effect->amount;
	int64_t high = effect->field->high + effect->amount;

	cut_add(scene, conditions, effect->field, effect->field->low);
	if (effect->state->object->kind != L1_COUNTER) {
		return;
	}
	cut_add(scene, conditions, counter, low);
	cut_add(scene, conditions, counter, high < most ? high : most);
	cut_add(scene, conditions, counter, most - (low < most ? low : most));
	cut_add(scene, conditions, counter, most - (high < most ? high : most));
}

static void
effect_add(struct state_scene *scene, struct vector *conditions, const struct blob_effect *effect)
{
	touch(scene, effect->state);
	*(struct blob_effect *)vector_push(&scene->effects, scene->arena, sizeof *effect) = *effect;
	effect_cut(scene, conditions, effect);
}

void
state_scene_begin(struct state_scene *scene, const struct l1_cell *const *cells,
	uint32_t cell_count, const struct vector *blob_effects, struct vector *conditions)
{
	uint32_t known = conditions->count;

	scene->number = 0;
	for (uint32_t i = 0; i < known; i++) {
		condition_touch(
			scene, conditions, ((const struct l1_condition **)conditions->elements)[i]);
	}
	for (uint32_t i = 0; i < cell_count; i++) {
		for (uint32_t e = 0; e < l1_effect_count(cells[i]); e++) {
			const struct l1_effect *effect = &l1_effects(cells[i])[e];
			struct blob_effect both = {.state = effect->state,
				.field = effect->field,
				.value = effect->amount,
				.amount = effect->field != NULL ? 0 : (uint64_t)effect->amount};

			effect_add(scene, conditions, &both);
			if (effect->field != NULL) {
				operand_cut(scene, conditions, effect);
			}
		}
	}
	for (uint32_t i = 0; i < blob_effects->count; i++) {
		effect_add(scene, conditions,
			&((const struct blob_effect *)blob_effects->elements)[i]);
	}
}

/* --- one point ------------------------------------------------------------------------------ */

/* A value of the message: a field or a length, or a sum of these. */
static int64_t
payload_value(const struct payload *payload, const struct l1_field *field)
{
	uint64_t value = 0;
	uint32_t unused = 64 - 8u * field->width_bytes;
	uint32_t unit = field->unit_bytes == 0 ? 1 : field->unit_bytes;
	int64_t sum = 0;

	for (uint32_t i = 0; i < field->term_count; i++) {
		int64_t term = payload_value(payload, field->terms[i].field);

		sum += field->terms[i].is_subtracted ? -term : term;
	}
	if (field->term_count != 0) {
		return sum;
	}
	if (field->look == L1_LOOK_LENGTH) {
		return (payload->length_bytes - field->offset_bytes) / unit;
	}
	if (field->is_late &&
		(uint32_t)field->offset_bytes + field->width_bytes > payload->length_bytes) {
		return field->absent;
	}
	memcpy(&value, payload->bytes + field->offset_bytes, field->width_bytes);
	value <<= unused;
	return field->is_signed ? (int64_t)value >> unused : (int64_t)(value >> unused);
}

/* The word by which a set keeps the value; 0 if it is none of its type. */
static uint64_t
set_word(const struct l1_state *state, int64_t value)
{
	uint64_t word = (uint64_t)value - (uint64_t)state->object->low + 1;

	return word <= state->object->amount ? word : 0;
}

/* Fills `count` places with values other than `word`, as far as the type has so many. */
static void
set_fill(uint64_t *words, uint32_t count, const struct l1_state *state, uint64_t word)
{
	uint64_t next = 1;

	for (uint32_t i = 0; i < count; i++, next++) {
		next += next == word;
		words[i] = next <= state->object->amount ? next : 0;
	}
}

static void
set_put(const struct state_scene *scene, const struct l1_state *state, int64_t how,
	const struct payload *payload, uint64_t *words)
{
	const struct blob_effect *effects = scene->effects.elements;
	uint64_t word = 1;

	for (uint32_t i = scene->effects.count; i > 0; i--) {
		if (effects[i - 1].state == state && effects[i - 1].op == 0) {
			const struct l1_field *field = effects[i - 1].field;

			word = set_word(
				state, effects[i - 1].value +
					       (field == NULL ? 0 : payload_value(payload, field)));
		}
	}
	if (how != SET_EMPTY && how != SET_HAS) {
		set_fill(words, state->word_count - (how == SET_ONE_FREE), state, word);
	}
	if (how == SET_HAS || how == SET_FULL_WITH) {
		words[state->word_count / 2] = word;
	}
}

static void
member_put(const struct l1_field *member, bool is_there, const struct payload *payload,
	uint64_t *words)
{
	const struct l1_state *state = member->state;
	uint64_t word = set_word(state, payload_value(payload, member->member));
	uint32_t at = 0;

	while (at < state->word_count && words[at] != word) {
		at++;
	}
	if (is_there && at == state->word_count) {
		words[state->word_count - 1] = word;
	} else if (!is_there && at < state->word_count) {
		words[at] = 0;
	}
}

/* The words of the cell that a test of the field looks at. */
static uint64_t *
cell_of(const struct state_scene *scene, const struct l1_field *field,
	const struct payload *payload)
{
	const struct l1_state *state = field->state;
	uint64_t number = scene->number;

	if (field->index != NULL && field->index->carries == L1_HANDLE) {
		number = number >= field->index->handle ? number - field->index->handle : 0;
	} else if (field->index != NULL) {
		number = (uint64_t)payload_value(payload, field->index);
	}

	return &scene->l1_memory.words[state->first + (number < state->cell_count ? number : 0) *
							      state->word_count];
}

static void
axis_put(const struct state_scene *scene, const struct l1_field *field, int64_t value,
	const struct payload *payload)
{
	const struct l1_state *state = field->state;
	uint64_t *words = cell_of(scene, field, payload);

	switch (state->object->kind) {
	case L1_LATCH:
		words[0] = VALIDATE_NOW_NS + (value != 0);
		break;
	case L1_WINDOW:
		for (uint32_t i = 0; i < state->object->count; i++) {
			words[1 + i] = VALIDATE_NOW_NS + state->object->amount;
		}
		words[0] = (uint64_t)value % state->object->count;
		words[1 + words[0]] = (uint64_t)value;
		break;
	case L1_SET:
		set_put(scene, state, value, payload, words);
		break;
	case L1_BUCKET:
	case L1_COUNTER:
	case L1_MACHINE:
	case L1_LIMIT:
		words[0] = (uint64_t)value;
		break;
	}
}

void
state_scene_put(struct state_scene *scene, const struct grid *grid, const int64_t *values,
	const struct payload *payload)
{
	const struct l1_state *const *touched = scene->touched.elements;

	if (scene->touched.count == 0) {
		return; /* then no axis is one of a state */
	}
	for (uint32_t i = 0; i < scene->touched.count; i++) {
		memset(&scene->l1_memory.words[touched[i]->first], 0,
			words_of(touched[i]) * sizeof(uint64_t));
	}
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		const struct l1_field *field = grid->axes[i].field;

		if (field->state != NULL && field->member == NULL) {
			axis_put(scene, field, values[i], payload);
		}
	}
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		const struct l1_field *field = grid->axes[i].field;

		if (field->member != NULL) {
			member_put(field, values[i] != 0, payload, cell_of(scene, field, payload));
		}
	}
	for (uint32_t i = 0; i < scene->touched.count; i++) {
		memcpy(&scene->ksm->words[touched[i]->first],
			&scene->l1_memory.words[touched[i]->first],
			words_of(touched[i]) * sizeof(uint64_t));
	}
}

/* A set may keep its values in any place. */
static bool
cell_equal(const uint64_t *a, const uint64_t *b, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		uint32_t in_a = 0;
		uint32_t in_b = 0;

		for (uint32_t j = 0; j < count; j++) {
			in_a += a[j] == a[i];
			in_b += b[j] == a[i];
		}
		if (in_a != in_b) {
			return false;
		}
	}
	return true;
}

static bool
words_equal(const uint64_t *a, const uint64_t *b, const struct l1_state *state)
{
	for (uint32_t i = 0; i < state->cell_count; i++) {
		if (!cell_equal(a, b, state->word_count)) {
			return false;
		}
		a += state->word_count;
		b += state->word_count;
	}
	return true;
}

bool
state_scene_equal(const struct state_scene *scene)
{
	const struct l1_state *const *touched = scene->touched.elements;

	for (uint32_t i = 0; i < scene->touched.count; i++) {
		if (!words_equal(&scene->ksm->words[touched[i]->first],
			    &scene->l1_memory.words[touched[i]->first], touched[i])) {
			return false;
		}
	}
	return true;
}
