/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random events for a compiled policy, asked through the engine and through L1. */
#include "tests/host/support/random_events.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "abi/abi.h"
#include "ksm/engine/step.h"
#include "ksm/gate/blob.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/l1.h"
#include "ksm/gate/l1_eval.h"
#include "ksm/gate/payload.h"
#include "ksm/gate/policy.h"
#include "ksm/gate/sema.h"
#include "tests/host/support/random.h"

#define CALLS 32 /* under way at once */

/* A granted call that nothing has ended yet. */
struct call {
	struct l1_query query;
	const struct l1_method *method;
};

struct scene {
	const struct l1 *l1;
	struct l1_memory memory;
	struct ksm ksm;
	struct call calls[CALLS];
	uint32_t call_count;
	uint64_t now_ns;
	struct payload payload;
};

/* Mostly a little later; sometimes at once, earlier, or beyond where time stands still. */
static uint64_t
time_pass(struct scene *s)
{
	switch (random_below(12)) {
	case 0:
		return random_next() % (s->now_ns + 1);
	case 1:
		return s->now_ns;
	case 2:
		return random_below(200) == 0 ? UINT64_MAX : 0;
	default:
		s->now_ns += random_below(UINT64_C(1) << (1 + random_below(34)));
		return s->now_ns;
	}
}

static const struct l1_method *
method_of(const struct l1 *l1, const struct l1_cell *cell)
{
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		if (l1->interfaces[i].id == cell->interface) {
			return &l1->interfaces[i].methods[cell->method - 1];
		}
	}
	return NULL;
}

/* Values at the borders of types, and the small ones that tests speak of; some break the shape. */
static int64_t
field_value(const struct l1_field *field)
{
	switch (random_below(6)) {
	case 0:
		return field->low;
	case 1:
		return field->high;
	case 2:
		return field->high - (int64_t)random_below(12);
	case 3:
		return random_below(4) == 0 ? (int64_t)random_next() : field->low;
	default:
		return (int64_t)((uint64_t)field->low + random_below(14));
	}
}

/* Of a list mostly whole elements. */
static uint32_t
tail_bytes(const struct l1_field *tail)
{
	uint32_t unit = tail->unit_bytes;

	return unit == 0 || random_below(16) == 0
		       ? (uint32_t)random_below(tail->width_bytes + 2u)
		       : unit * (uint32_t)random_below(tail->width_bytes / unit + 2u);
}

static void
message_make(struct scene *s, const struct l1_message *message, struct l1_query *query)
{
	payload_begin(&s->payload, message);
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		if (field->kind == L1_TAIL) {
			s->payload.length_bytes += tail_bytes(field);
		} else if (field->guard != NULL && !payload_has(&s->payload, field) &&
			   random_below(16) != 0) {
			payload_set(&s->payload, field, 0); /* what is not there, mostly */
		} else {
			payload_set(&s->payload, field, field_value(field));
		}
	}
	if (random_below(8) != 0) {
		payload_settle(&s->payload, message);
	}
	if (random_below(16) == 0) {
		s->payload.bytes[random_below(16)] = (uint8_t)random_next();
		s->payload.length_bytes += (uint32_t)random_below(2);
	}
	query->bytes = s->payload.bytes;
	query->length_bytes = s->payload.length_bytes;
	for (uint32_t i = 0; i < L1_EVAL_HANDLES; i++) {
		query->given[i] = (uint32_t)random_below(4);
	}
}

static struct l1_verdict
compare(struct scene *s, struct l1_query *query)
{
	struct l1_verdict l1;
	struct l1_verdict engine;

	query->now_ns = time_pass(s);
	query->is_audit_full = random_below(8) == 0;
	engine = blob_decide(&s->ksm, query);
	l1 = l1_eval(s->l1, query, &s->memory);
	assert_int_equal(engine.reason, l1.reason);
	assert_int_equal(engine.rule, l1.rule);
	assert_int_equal(engine.field, l1.field);
	assert_true(engine.operand == l1.operand);
	assert_int_equal(engine.audit, l1.audit);
	assert_memory_equal(s->ksm.words, s->memory.words, s->l1->word_count * sizeof(uint64_t));
	/* What the table alone answers is no event that time counts for [D9]. */
	s->memory.now_ns = s->ksm.now_ns;
	return l1;
}

static void
call_send(struct scene *s)
{
	const struct l1_cell *cell = &s->l1->cells[random_below(s->l1->cell_count)];
	const struct l1_method *method = method_of(s->l1, cell);
	struct l1_verdict verdict;
	struct l1_query query = {.holder = cell->holder,
		.target = cell->target,
		.interface = cell->interface,
		.method = cell->method,
		.number = (uint32_t)random_below(3)};

	/* Those of the kernel's interfaces are most, and always alike. */
	if (cell->interface < INTERFACE_USER && random_below(16) != 0) {
		return;
	}
	if (random_below(32) == 0) {
		query.method = (uint16_t)(query.method + 1 - random_below(3));
	}
	query.is_ask = method->is_ask;
	message_make(s, &method->call, &query);
	verdict = compare(s, &query);
	if (verdict.reason == KSM_GRANTED && s->call_count < CALLS && !method->is_ask &&
		cell->interface >= INTERFACE_USER) {
		query.call_rule = verdict.rule;
		s->calls[s->call_count++] = (struct call){query, method};
	}
}

static void
call_abort(struct scene *s, struct l1_query query)
{
	query.event = L1_ABORT;
	query.length_bytes = 0;
	query.status = 0;
	(void)compare(s, &query);
}

/* By an answer, an error, or without either; an answer that is denied is none [S17]. */
static void
call_end(struct scene *s)
{
	uint32_t which = (uint32_t)random_below(s->call_count);
	struct call call = s->calls[which];
	struct l1_query query = call.query;

	s->calls[which] = s->calls[--s->call_count];
	query.event = (enum l1_event)(L1_REPLY + random_below(3));
	if (query.event == L1_ABORT) {
		call_abort(s, query);
		return;
	}
	query.length_bytes = 0;
	if (query.event == L1_ERROR && random_below(4) != 0) {
		message_make(s, &call.method->error, &query);
		query.status = s->payload.status;
	} else if (query.event == L1_ERROR) {
		query.status = (uint32_t)random_below(call.method->error_count + 2u);
		if (call.method->error.field_count != 0 && random_below(8) != 0) {
			message_make(s, &call.method->error, &query);
			query.status = random_below(8) == 0 ? query.status : s->payload.status;
		}
	} else {
		message_make(s, &call.method->reply, &query);
	}
	if (compare(s, &query).reason != KSM_GRANTED) {
		call_abort(s, query);
	}
}

/* A capability comes or goes. */
static void
capability_pass(struct scene *s)
{
	const struct l1_cell *cell = &s->l1->passages[random_below(s->l1->passage_count)];
	struct l1_query query = {.holder = cell->holder,
		.target = cell->target,
		.interface = cell->interface,
		.event = cell->event,
		.number = (uint32_t)random_below(4)};

	(void)compare(s, &query);
}

static void
instance_restart(struct scene *s)
{
	uint16_t label = s->l1->instances[random_below(s->l1->instance_count)].label;

	l1_eval_restart(s->l1, label, &s->memory);
	ksm_restart(&s->ksm, label);
	assert_memory_equal(s->ksm.words, s->memory.words, s->l1->word_count * sizeof(uint64_t));
}

uint64_t
random_events(const struct policy *policy, uint32_t count)
{
	struct arena *arena = &policy->sema->c->arena;
	struct scene *s = arena_alloc(arena, sizeof(*s));

	s->l1 = policy->l1;
	s->memory.words = arena_array(arena, policy->l1->word_count + 1, sizeof(uint64_t));
	assert_int_equal(
		blob_open(&s->ksm, arena, policy->l1, policy->blob.bytes, policy->blob.size),
		KSM_OK);
	for (uint32_t i = 0; i < count; i++) {
		uint64_t what = random_below(64);

		if (what == 0) {
			instance_restart(s);
		} else if (what < 8 && s->l1->passage_count != 0) {
			capability_pass(s);
		} else if (what < 24 && s->call_count != 0) {
			call_end(s);
		} else {
			call_send(s);
		}
	}
	return count;
}
