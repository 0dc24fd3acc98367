/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* test_hold.c: capabilities in the tables of a test's instances, as its messages hand them on. */
#include "test_hold.h"

#include "blob.h"
#include "compile.h"
#include "flow.h"
#include "ksm/format_shape.h"
#include "lower.h"
#include "policy.h"
#include "sema.h"
#include "step.h"
#include "test_run.h"

static bool
is_same(const struct step_capability *a, const struct step_capability *b)
{
	return a->holder == b->holder && a->target == b->target && a->interface == b->interface &&
	       a->number == b->number;
}

/* Index of the first like it, or how many are held. */
static uint32_t
held_find(const struct test_run *r, const struct step_capability *like)
{
	const struct step_capability *held = r->held.elements;
	uint32_t i = 0;

	while (i < r->held.count && !is_same(&held[i], like)) {
		i++;
	}
	return i;
}

/* E3: without a rule for what it is, nobody but who has the label can get it. */
static bool
has_edge(const struct l1 *l1, const struct step_capability *what)
{
	const struct l1_edge edge = {what->holder, what->target, what->interface};
	uint32_t first = lower_edge_first(l1, &edge);

	return flow_node(l1, what->target) == what->holder ||
	       (first < l1->cell_count && l1->cells[first].holder == edge.holder &&
		       l1->cells[first].target == edge.target &&
		       l1->cells[first].interface == edge.interface);
}

static void
pass(struct test_run *r, const struct step_capability *what, enum l1_event event,
	struct l1_verdict *l1, struct l1_verdict *engine)
{
	const struct l1_query query = {
		.holder = what->holder,
		.target = what->target,
		.interface = what->interface,
		.event = event,
		.number = what->number,
	};

	*l1 = l1_eval(r->policy->l1, &query, &r->memory);
	if (event == L1_COMES && !has_edge(r->policy->l1, what)) {
		*l1 = (struct l1_verdict){.reason = KSM_DEFAULT, .field = L1_EVAL_FIELD_NONE};
	}
	*engine = r->policy->blob.size != 0 ? blob_decide(&r->ksm, &query) : *l1;
}

void
hold_add(struct test_run *r, const struct step_capability *what, struct l1_verdict *l1,
	struct l1_verdict *engine)
{
	pass(r, what, L1_COMES, l1, engine);
	if (l1->reason == KSM_GRANTED) {
		*(struct step_capability *)vector_push(
			&r->held, &r->policy->sema->c->arena, sizeof *what) = *what;
	}
}

bool
hold_drop(struct test_run *r, const struct step_capability *what)
{
	struct step_capability *held = r->held.elements;
	uint32_t i = held_find(r, what);
	struct l1_verdict l1;
	struct l1_verdict engine;

	if (i == r->held.count) {
		return false;
	}
	r->held.count--;
	held[i] = held[r->held.count];
	pass(r, what, L1_GOES, &l1, &engine);
	return true;
}

void
hold_end(struct test_run *r, uint16_t label)
{
	for (uint32_t i = r->held.count; i > 0; i--) {
		const struct step_capability last =
			((const struct step_capability *)r->held.elements)[i - 1];

		if (last.holder == label) {
			(void)hold_drop(r, &last);
		}
	}
}

static bool
is_right(const struct l1_verdict *l1, const struct l1_verdict *engine)
{
	return l1->reason == KSM_GRANTED && engine->reason == KSM_GRANTED;
}

void
hold_message(struct test_run *r, const struct step_message *m, struct l1_verdict *l1,
	struct l1_verdict *engine)
{
	const struct l1 *rules = r->policy->l1;
	uint16_t server = (uint16_t)flow_node(rules, m->query.target);
	bool is_reply = m->query.event == L1_REPLY;
	struct l1_verdict by_l1 = {.reason = KSM_GRANTED};
	struct l1_verdict by_engine = by_l1;
	struct step_capability got[FORMAT_HANDLES_MAX];
	uint32_t count = 0;

	for (uint32_t i = 0; i < m->message->field_count && is_right(&by_l1, &by_engine); i++) {
		const struct l1_field *field = &m->message->fields[i];
		uint32_t word =
			field->carries == L1_HANDLE ? payload_handle(&m->payload, field) : 0;
		struct step_capability what = {
			.holder = is_reply ? server : m->query.holder,
			.target = (uint16_t)word,
			.interface = (uint16_t)(word >> 16),
		};

		if (what.target == 0 || rules->labels[what.target].kind != L1_LABEL_RESOURCE) {
			continue;
		}
		what.number = m->query.given[field->handle];
		if (held_find(r, &what) == r->held.count) {
			hold_add(r, &what, &by_l1, &by_engine);
		}
		what.holder = is_reply ? m->query.holder : server;
		if (is_right(&by_l1, &by_engine)) {
			hold_add(r, &what, &by_l1, &by_engine);
		}
		if (is_right(&by_l1, &by_engine)) {
			got[count++] = what;
		}
	}
	if (is_right(&by_l1, &by_engine)) {
		return;
	}
	*l1 = by_l1;
	*engine = by_engine;
	for (; count > 0; count--) {
		(void)hold_drop(r, &got[count - 1]); /* all of a message, or nothing */
	}
}
