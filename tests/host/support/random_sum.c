/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random sums: of fields, lengths of lists, elements, parameters of errors, what is remembered. */
#include "ksm/gate/arena.h"
#include "tests/host/support/random.h"
#include "tests/host/support/random_world.h"

#define TERMS 5

/* What cannot make a sum of TERMS overflow [S9]. */
static bool
is_small(const struct l1_field *field)
{
	int64_t most = INT64_MAX / (2 * TERMS);

	return field->kind == L1_INTEGER && field->low >= -most && field->high <= most;
}

/* A term, or NULL: this one is no number. */
static const struct l1_field *
any_term(const struct random_states *states, const struct l1_message *message)
{
	const struct l1_field *field;

	if (message->field_count == 0 || random_below(6) == 0) {
		return states->states[random_below(2) == 0 ? L1_COUNTER : L1_MACHINE].field;
	}
	field = &message->fields[random_below(message->field_count)];
	if (field->kind == L1_TAIL) {
		return field->unit_bytes == 0 ? NULL : &field->parts[0];
	}
	return is_small(field) ? field : NULL;
}

const struct l1_field *
random_sum(struct random_states *states, struct arena *arena, const struct l1_message *message)
{
	struct l1_term *terms = arena_array(arena, TERMS, sizeof(*terms));
	struct l1_field *sum = arena_alloc(arena, sizeof(*sum));
	uint32_t wanted = 1 + (uint32_t)random_below(TERMS);

	*sum = (struct l1_field){
		.name = "sum", .kind = L1_INTEGER, .width_bytes = 8, .is_signed = true};
	for (uint32_t i = 0; i < wanted; i++) {
		const struct l1_field *field = i > 0 && sum->term_count != 0 && random_below(3) == 0
						       ? terms[random_below(sum->term_count)].field
						       : any_term(states, message);

		if (field == NULL) {
			continue;
		}
		terms[sum->term_count] =
			(struct l1_term){field, sum->term_count != 0 && random_below(3) == 0};
		sum->low += terms[sum->term_count].is_subtracted ? -field->high : field->low;
		sum->high += terms[sum->term_count].is_subtracted ? -field->low : field->high;
		sum->is_secret = sum->is_secret || field->is_secret;
		sum->term_count++;
	}
	if (sum->term_count == 0) {
		return NULL;
	}
	sum->terms = terms;
	sum->offset_bytes = terms[0].field->offset_bytes;
	return sum;
}
