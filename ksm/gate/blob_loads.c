/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob_loads.c: which fields, states and sums the loads of a program stand for. */
#include <stddef.h>

#include "arena.h"
#include "blob_pass.h"
#include "blob_ranges.h"
#include "blob_tests.h"
#include "ksm/format.h"
#include "l1.h"
#include "vector.h"

uint32_t
blob_op_what(const struct pass *p, uint32_t number)
{
	const uint8_t *op = p->code + (size_t)number * sizeof(struct format_op);

	return op[0] == FORMAT_OP_LOAD || op[0] == FORMAT_OP_LOAD_STATE
		       ? format_u16(op + offsetof(struct format_op, b))
		       : UINT32_MAX;
}

bool
blob_is_adding(const struct pass *p, uint32_t number)
{
	uint32_t what = blob_op_what(p, number);

	return what >= FORMAT_LOAD_ADD && what < FORMAT_LOAD_INDEX;
}

uint32_t
blob_load_before(const struct pass *p, uint32_t number)
{
	do {
		number--;
	} while (number != UINT32_MAX && blob_op_what(p, number) >= FORMAT_LOAD_INDEX &&
		 blob_op_what(p, number) != UINT32_MAX);
	return number == UINT32_MAX || blob_op_what(p, number) == UINT32_MAX ? UINT32_MAX : number;
}

uint32_t
blob_field_loaded(const struct pass *p, uint32_t c, uint32_t mode, uint32_t b)
{
	uint32_t what = b & FORMAT_LOAD_WHAT;
	uint32_t place = c & FORMAT_LOAD_PLACE;

	for (uint32_t i = 0; i < p->message_fields; i++) {
		const struct l1_field *field = p->fields[i];
		bool is_it = false;

		switch (what) {
		case FORMAT_LOAD_STATUS:
			is_it = field->is_status;
			break;
		case FORMAT_LOAD_FIELD:
		case FORMAT_LOAD_LATE:
			is_it = field->look == L1_LOOK_WHOLE && !field->is_status &&
				field->is_late == (what == FORMAT_LOAD_LATE) &&
				field->width_bytes == (mode & FORMAT_LOAD_WIDTH) &&
				field->is_signed == ((mode & FORMAT_LOAD_SIGNED) != 0);
			break;
		case FORMAT_LOAD_TEXT:
			is_it = field->look == L1_LOOK_EIGHT;
			break;
		case FORMAT_LOAD_LENGTH:
			is_it = field->look == L1_LOOK_LENGTH && field->unit_bytes == 0;
			break;
		case FORMAT_LOAD_COUNT:
			is_it = field->look == L1_LOOK_LENGTH && field->unit_bytes != 0 &&
				c >> FORMAT_LOAD_SHIFT == format_count_factor(field->unit_bytes);
			break;
		default:
			break;
		}
		if (is_it && field->kind != L1_TAIL &&
			(field->offset_bytes == place || field->is_status)) {
			return i;
		}
	}
	return p->field_count;
}

uint32_t
blob_state_loaded(const struct pass *p, uint32_t number)
{
	uint32_t i = p->message_fields;

	while (i < p->field_count &&
		(p->fields[i]->state == NULL || p->fields[i]->state->number != number)) {
		i++;
	}
	return i;
}

/* Which field says the cell of the states that are loaded here; NULL: the capability does. */
static const struct l1_field *
index_at(const struct pass *p, uint32_t number)
{
	while (number-- > 0) {
		const uint8_t *op = p->code + (size_t)number * sizeof(struct format_op);
		uint32_t c = format_u32(op + offsetof(struct format_op, c));
		uint32_t what = blob_op_what(p, number);

		if (what == UINT32_MAX || what < FORMAT_LOAD_INDEX) {
			continue;
		}
		for (uint32_t i = 0; what == (FORMAT_LOAD_INDEX | FORMAT_LOAD_HANDLE) && c != 0 &&
				     i < p->message_fields;
			i++) {
			if (p->fields[i]->carries == L1_HANDLE && p->fields[i]->handle + 1u == c) {
				return p->fields[i];
			}
		}
		c = blob_field_loaded(p, c, op[1], what);
		return c == p->field_count ? NULL : p->fields[c];
	}
	return NULL;
}

/* What a load adds, or begins a sum with; NULL: it is no field and no state. */
static const struct l1_field *
term_loaded(const struct pass *p, uint32_t number)
{
	const uint8_t *op = p->code + (size_t)number * sizeof(struct format_op);
	uint32_t c = format_u32(op + offsetof(struct format_op, c));
	uint32_t field;

	if (op[0] == FORMAT_OP_LOAD_STATE) {
		return c >= p->l1->state_count ? NULL
					       : blob_state_field(p->out->conditions,
							 p->l1->states[c], index_at(p, number));
	}
	field = blob_field_loaded(p, c, op[1], blob_op_what(p, number));
	return field == p->field_count ? NULL : p->fields[field];
}

const struct l1_field *
blob_sum_loaded(const struct pass *p, uint32_t number)
{
	uint32_t count = 0;
	uint32_t first = number;
	struct l1_term *terms;
	struct l1_field *sum;

	while (first != UINT32_MAX && blob_is_adding(p, first)) {
		first = blob_load_before(p, first);
		count++;
	}
	if (first == UINT32_MAX || blob_op_what(p, first) >= FORMAT_LOAD_ADD) {
		return NULL;
	}
	if (blob_op_what(p, first) != FORMAT_LOAD_NUMBER) {
		count++; /* it is one of the terms */
	}
	terms = arena_array(p->arena, count, sizeof *terms);
	sum = arena_alloc(p->arena, sizeof *sum);
	*sum = (struct l1_field){.kind = L1_INTEGER,
		.low = INT64_MIN,
		.high = INT64_MAX,
		.terms = terms,
		.term_count = count};
	for (uint32_t i = count; i-- > 0; number = blob_load_before(p, number)) {
		terms[i] = (struct l1_term){
			term_loaded(p, number), blob_op_what(p, number) >= FORMAT_LOAD_SUBTRACT};
		if (terms[i].field == NULL) {
			return NULL;
		}
	}
	return sum;
}
