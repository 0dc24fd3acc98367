/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* least_text.c: a message as a rule for it alone would say it. */
#include "least_text.h"

#include <inttypes.h>
#include <string.h>

#include "abi/abi.h"
#include "buffer.h"
#include "compile.h"
#include "condition_text.h"
#include "least.h"
#include "l1_shape.h"
#include "lex.h"
#include "policy.h"
#include "sema.h"
#include "step.h"

static struct arena *
arena_of(const struct least_question *q)
{
	return &q->policy->sema->c->arena;
}

int64_t
least_value(const struct least_question *q, const struct l1_field *field)
{
	const struct l1_query *query = &q->message->query;
	int64_t sum = 0;

	for (uint32_t i = 0; i < field->term_count; i++) {
		int64_t term = least_value(q, field->terms[i].field);

		sum += field->terms[i].is_subtracted ? -term : term;
	}
	if (field->term_count != 0) {
		return sum;
	}
	return field->whole != NULL ? l1_shape_part(field, query) : l1_shape_value(field, query);
}

bool
least_asks_state(const struct l1_condition *test)
{
	return test != NULL &&
	       (l1_field_is_remembered(test->field) || l1_field_is_remembered(test->other));
}

int64_t
least_amount(const struct least_question *q, const struct l1_effect *effect)
{
	return effect->amount + (effect->field == NULL ? 0 : least_value(q, effect->field));
}

/* What a rule can test of it; the value of a secret is not shown, and a record tells one field. */
static bool
is_testable(const struct least_question *q, const struct l1_field *field)
{
	if (q->is_record && field != q->known) {
		return false;
	}
	if (field->unit_bytes != 0) {
		return !field->is_secret;
	}
	return field->kind != L1_TAIL && field->carries != L1_HANDLE && !field->is_secret;
}

const char *
least_field_text(struct arena *a, const struct l1_field *field)
{
	bool is_word = token_is_hard_word(token_word_find(field->name, strlen(field->name)));

	return arena_format(a, "%s%s", is_word ? "arg." : "", condition_field_text(a, field));
}

/* A record tells one field, which may not be there: what says that it is stands before it then. */
static void
guards_write(const struct least_question *q, struct buffer *b, const struct l1_field *field,
	const char *between)
{
	const struct l1_field *guard = field->guard;

	if (!q->is_record || guard == NULL) {
		return;
	}
	guards_write(q, b, guard, between);
	buffer_text(b, guard->look == L1_LOOK_LENGTH
			       ? arena_format(b->arena, "%s >= %" PRId64,
					 least_field_text(b->arena, guard), field->guard_value)
			       : condition_is_text(b->arena, guard, field->guard_value));
	buffer_text(b, between);
}

/* Of a list how long it is, of a text if that is what a record tells. */
static const struct l1_field *
length_shown(const struct least_question *q, const struct l1_field *field)
{
	bool is_shown = field->kind == L1_TAIL &&
			(field->unit_bytes != 0 || (q->is_record && q->known == &field->parts[0]));

	return is_shown ? &field->parts[0] : field;
}

const char *
least_fields(const struct least_question *q, const char *between)
{
	const struct l1_message *message = q->message->message;
	struct buffer b;

	buffer_init(&b, arena_of(q));
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		field = length_shown(q, field);
		if (!is_testable(q, field) || !payload_has(&q->message->payload, field)) {
			continue;
		}
		buffer_text(&b, b.size == 0 ? "" : between);
		guards_write(q, &b, field, between);
		if (field->presence != NULL || field->is_tag) {
			buffer_text(
				&b, condition_is_text(arena_of(q), field, least_value(q, field)));
			continue;
		}
		buffer_text(&b, least_field_text(arena_of(q), field));
		buffer_text(&b, " = ");
		buffer_text(&b, condition_value_text(arena_of(q), field, least_value(q, field)));
	}
	return b.bytes == NULL ? "" : b.bytes;
}

const char *
least_open(const struct least_question *q)
{
	const struct l1_message *message = q->message->message;
	struct buffer b;

	buffer_init(&b, arena_of(q));
	for (uint32_t i = 0; i < message->field_count; i++) {
		if (!is_testable(q, &message->fields[i]) && !message->fields[i].is_element &&
			message->fields[i].presence == NULL) {
			buffer_text(&b, b.size == 0 ? "any " : ", any ");
			buffer_text(&b, message->fields[i].name);
		}
	}
	return b.bytes == NULL ? "" : b.bytes;
}

const char *
least_label(const struct policy *p, uint16_t label)
{
	const struct l1 *l1 = p->l1;
	const struct l1_label *named = &l1->labels[label];
	bool is_instance = named->kind == L1_LABEL_INSTANCE && label != LABEL_INIT;

	return is_instance ? arena_format(&p->sema->c->arena, "%s.%s", l1->system_name, named->name)
			   : named->name;
}

const char *
least_event(const struct least_question *q)
{
	const struct l1_query *query = &q->message->query;
	const char *tests = least_fields(q, ", ");
	const char *to =
		query->holder == query->target ? "self" : least_label(q->policy, query->target);

	return arena_format(arena_of(q), "%s -> %s : %s.%s%s%s%s",
		least_label(q->policy, query->holder), to, q->endpoint, q->message->method->name,
		tests[0] == '\0' ? "" : "(", tests, tests[0] == '\0' ? "" : ")");
}
