/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* object_id.c: see the header. */
#include "object_id.h"

#include <stdlib.h>
#include <string.h>

#include "ast.h"
#include "compile.h"
#include "limit.h"
#include "ksm/engine/ksm.h"
#include "object.h"
#include "others.h"
#include "sema.h"
#include "sema_options.h"

/* FNV-1a, with the text's end. */
static void
hash_text(uint64_t *hash, const char *text)
{
	for (const char *c = text;; c++) {
		*hash = (*hash ^ (uint8_t)*c) * UINT64_C(0x100000001b3);
		if (*c == '\0') {
			return;
		}
	}
}

static const char *
label_text(const struct l1 *l1, uint16_t label)
{
	return label == 0 ? "" : l1->labels[label].name;
}

static const char *
interface_text(const struct l1 *l1, uint16_t id)
{
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		if (l1->interfaces[i].id == id) {
			return l1->interfaces[i].name;
		}
	}
	return "";
}

/* A machine with other states is another machine: its numbers would mean something else. */
static uint64_t
state_id(const struct l1 *l1, const struct l1_state *state)
{
	const struct l1_object *object = state->object;
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	hash_text(&hash, object->unit_name);
	hash_text(&hash, object->name);
	hash = hash ^ object->kind;
	hash_text(&hash, label_text(l1, state->holder));
	hash_text(&hash, label_text(l1, state->target));
	hash_text(&hash, label_text(l1, state->resource));
	hash_text(&hash, interface_text(l1, state->interface));
	for (uint32_t i = 0; object->kind == L1_MACHINE && i < object->count; i++) {
		hash_text(&hash, object->names[i].name);
	}
	return hash == 0 ? 1 : hash;
}

void
object_id(const struct sema *s, struct l1_state *state)
{
	state->id = state_id(s->l1, state);
}

static int
id_order(const void *a, const void *b)
{
	uint64_t left = (*(struct l1_state *const *)a)->id;
	uint64_t right = (*(struct l1_state *const *)b)->id;

	return left < right ? -1 : left > right;
}

void
object_ids(struct sema *s)
{
	struct l1 *l1 = s->l1;
	struct l1_state **states = l1->states;

	for (uint32_t i = 0; i < l1->state_count; i++) {
		object_id(s, states[i]);
	}
	others_states(s, s->options->others);
	limits_finish(s);
	l1->states = s->states.elements;
	states = l1->states;
	if (l1->state_count != 0) {
		qsort(states, l1->state_count, sizeof *states, id_order);
	}
	l1->word_count = 0;
	for (uint32_t i = 0; i < l1->state_count; i++) {
		struct l1_state *state = states[i];

		state->number = (uint16_t)i;
		state->first = l1->word_count;
		state->field->offset_bytes = (uint16_t)(KSM_FIELD_STATE + i);
		l1->word_count += state->word_count * state->cell_count;
		if (i != 0 && states[i - 1]->id == state->id) {
			diag_error(s->c, span_of_file(s->root->source), "W2",
				"`%s` and `%s` happen to have one number by their names: rename "
				"one",
				states[i - 1]->object->name, state->object->name);
		}
	}
	for (const struct object_info *o = s->objects; o != NULL; o = o->next) {
		struct l1_field *const *indexed = o->indexed.elements;

		for (uint32_t i = 0; i < o->indexed.count; i++) {
			indexed[i]->offset_bytes = indexed[i]->state->field->offset_bytes;
		}
	}
	for (uint32_t i = 0; i < s->sums.count; i++) {
		struct l1_field *sum = ((struct l1_field *const *)s->sums.elements)[i];

		sum->offset_bytes = sum->terms[0].field->offset_bytes;
	}
}
