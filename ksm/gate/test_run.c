/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* test_run.c: the steps of a test against L1 and, if there is one, the finished blob. */
#include "test_run.h"

#include <stdio.h>

#include "ast.h"
#include "ast_rule.h"
#include "blob.h"
#include "compile.h"
#include "explain.h"
#include "flow.h"
#include "ksm/engine/step.h"
#include "lower.h"
#include "nearest.h"
#include "policy.h"
#include "sema.h"
#include "step.h"
#include "test_check.h"
#include "test_hold.h"

static bool
has_blob(const struct test_run *r)
{
	return r->policy->blob.size != 0;
}

static const char *
verdict_text(const struct l1_verdict *verdict)
{
	return verdict->reason == KSM_GRANTED ? "grant" : ksm_reason_text(verdict->reason);
}

/* Says what went wrong at a step. Returns false. */
static bool
step_fail(struct test_run *r, const struct ast_step *step, const struct step_message *m,
	const struct l1_verdict *verdict, const char *expected)
{
	struct sema *s = r->policy->sema;
	struct l1_position at = sema_position(s, step->span);
	struct l1_verdict shown = *verdict;

	if (r->is_quiet) {
		return false;
	}
	(void)printf("    %s:%u: %s\n    expected %s, got %s%s\n", at.file, at.line, m->text,
		expected, verdict->reason == KSM_GRANTED ? "" : "deny because ",
		verdict_text(verdict));
	(void)nearest_find(r->policy->l1, &m->query, &r->memory, &shown);
	explain_print(s, m, &shown, stdout);
	return false;
}

/* S38: a deny without a reason is any but shape and capability. */
static bool
verdict_fits(const struct ast_step *step, enum ksm_reason wanted, enum ksm_reason reason)
{
	if (step->kind == AST_STEP_GRANT) {
		return reason == KSM_GRANTED;
	}
	if (step->reason.text != NULL) {
		return reason == wanted;
	}
	return reason != KSM_GRANTED && reason != KSM_SHAPE && reason != KSM_CAPABILITY;
}

static bool
is_same_method(const struct l1_query *a, const struct l1_query *b)
{
	return a->holder == b->holder && a->target == b->target && a->interface == b->interface &&
	       a->method == b->method;
}

/* A call that was granted. */
struct call {
	struct l1_query query;
	bool is_open; /* it waits for its answer */
};

/* The latest such call of the test, or NULL. */
static struct call *
call_find(const struct test_run *r, const struct l1_query *query)
{
	struct call *calls = r->calls.elements;

	for (uint32_t i = 0; i < r->calls.count; i++) {
		if (is_same_method(&calls[i].query, query)) {
			return &calls[i];
		}
	}
	return NULL;
}

/* The rule that granted the latest such call of the test; without one, the first that could. */
static uint32_t
call_rule(const struct test_run *r, const struct l1_query *query)
{
	const struct call *call = call_find(r, query);
	const struct l1_cell *cell;
	uint32_t count;

	if (call != NULL) {
		return call->query.call_rule;
	}
	cell = lower_cells_asked(r->policy->l1, query, L1_CALL, &count);
	for (uint32_t i = 0; i < count; i++) {
		if (!cell[i].source->is_forbid) {
			return cell[i].source->number;
		}
	}
	return 0;
}

static void
event_tell(const struct test_run *r, const struct l1_query *query)
{
	if (r->watch != NULL) {
		r->watch(r->watch_data, query, &r->memory);
	}
}

/* The call ends without an answer [S17]. */
static void
call_abort(struct test_run *r, const struct l1_query *query)
{
	static const uint8_t nothing[1];
	struct l1_query abort = *query;

	abort.event = L1_ABORT;
	abort.bytes = nothing;
	abort.length_bytes = 0;
	abort.now_ns = r->now_ns;
	event_tell(r, &abort);
	(void)l1_eval(r->policy->l1, &abort, &r->memory);
	if (has_blob(r)) {
		(void)blob_decide(&r->ksm, &abort);
	}
}

/* Remembers a granted call; a refused answer ends its call without one. */
static void
call_follow(struct test_run *r, const struct step_message *m, const struct l1_verdict *verdict)
{
	const struct l1_query *query = &m->query;
	struct call *call = call_find(r, query);

	if (query->event == L1_CALL) {
		if (verdict->reason == KSM_GRANTED) {
			call = call != NULL ? call
					    : vector_push(&r->calls, &r->policy->sema->c->arena,
						      sizeof *call);
			*call = (struct call){*query, !m->method->is_oneway};
			call->query.call_rule = verdict->rule;
		}
		return;
	}
	if (call != NULL) {
		call->is_open = false;
	}
	if (verdict->reason != KSM_GRANTED) {
		call_abort(r, query);
	}
}

/* Calls from and to an instance that ends. */
static void
calls_end(struct test_run *r, uint16_t label)
{
	struct call *calls = r->calls.elements;

	for (uint32_t i = 0; i < r->calls.count; i++) {
		uint16_t server = (uint16_t)flow_node(r->policy->l1, calls[i].query.target);

		if (calls[i].is_open && (calls[i].query.holder == label || server == label)) {
			calls[i].is_open = false;
			call_abort(r, &calls[i].query);
		}
	}
}

/* Returns whether the step came out as it says. */
static bool
message_run(struct test_run *r, const struct ast_step *step)
{
	struct sema *s = r->policy->sema;
	enum ksm_reason wanted = KSM_GRANTED;
	struct step_message m;
	struct l1_verdict l1;
	struct l1_verdict engine;

	if (step->kind == AST_STEP_DENY && step->reason.text != NULL) {
		wanted = test_reason(s, &step->reason);
	}
	if (wanted == KSM_REASONS || !step_read(s, step, &m)) {
		return false;
	}
	m.query.now_ns = r->now_ns;
	m.query.call_rule = m.query.event == L1_CALL ? 0 : call_rule(r, &m.query);
	event_tell(r, &m.query);
	l1 = l1_eval(r->policy->l1, &m.query, &r->memory);
	engine = has_blob(r) ? blob_decide(&r->ksm, &m.query) : l1;
	if (l1.reason == KSM_GRANTED && engine.reason == KSM_GRANTED) {
		hold_message(r, &m, &l1, &engine);
	}
	call_follow(r, &m, &l1);
	if (r->rules != NULL && l1.rule != 0) {
		r->rules[l1.rule - 1]++;
	}
	if (l1.reason != engine.reason || l1.rule != engine.rule || l1.field != engine.field ||
		l1.operand != engine.operand) {
		return step_fail(r, step, &m, &engine,
			arena_format(&s->c->arena, "%s as L1 says", verdict_text(&l1)));
	}
	if (!verdict_fits(step, wanted, l1.reason)) {
		return step_fail(r, step, &m, &l1,
			step->kind == AST_STEP_GRANT ? "grant"
			: step->reason.text == NULL
				? "deny"
				: arena_format(&s->c->arena, "deny because %s", step->reason.text));
	}
	return true;
}

static void
restart_run(struct test_run *r, const struct ast_qname *name)
{
	const struct l1 *l1 = r->policy->l1;

	for (uint32_t i = 1; i < l1->instance_count; i++) {
		if (sema_same(l1->instances[i].name, name->parts[name->part_count - 1].text)) {
			calls_end(r, l1->instances[i].label);
			hold_end(r, l1->instances[i].label);
			l1_eval_restart(l1, l1->instances[i].label, &r->memory);
			if (has_blob(r)) {
				ksm_restart(&r->ksm, l1->instances[i].label);
			}
		}
	}
}

static bool
drop_run(struct test_run *r, const struct ast_step *step)
{
	struct l1_position at = sema_position(r->policy->sema, step->span);
	struct step_capability what;

	if (!step_capability_read(r->policy->sema, step, &what)) {
		return false;
	}
	if (hold_drop(r, &what)) {
		return true;
	}
	if (!r->is_quiet) {
		(void)printf("    %s:%u: no message of the test handed it on\n", at.file, at.line);
	}
	return false;
}

static bool
steps_run(struct test_run *r, const struct ast_step *steps)
{
	bool is_right = true;

	for (const struct ast_step *step = steps; is_right && step != NULL; step = step->next) {
		uint64_t times = step->kind == AST_STEP_TIMES ? step->number.magnitude : 1;

		for (uint64_t n = 0; step->kind == AST_STEP_TIMES && is_right && n < times; n++) {
			is_right = steps_run(r, step->steps);
		}
		if (step->kind == AST_STEP_GRANT || step->kind == AST_STEP_DENY) {
			is_right = message_run(r, step);
		} else if (step->kind == AST_STEP_WAIT) {
			r->now_ns += step->number.magnitude;
		} else if (step->kind == AST_STEP_RESTART) {
			restart_run(r, &step->instance);
		} else if (step->kind == AST_STEP_DROP) {
			is_right = drop_run(r, step);
		}
	}
	return is_right;
}

/* S38: nothing has happened yet. */
static void
run_begin(struct test_run *r)
{
	struct policy *policy = r->policy;
	struct arena *a = &policy->sema->c->arena;

	if (has_blob(r)) {
		(void)blob_open(&r->ksm, a, policy->l1, policy->blob.bytes, policy->blob.size);
	}
	r->memory = (struct l1_memory){
		.words = arena_array(a, policy->l1->word_count + 1, sizeof(uint64_t))};
	r->now_ns = 0;
	r->calls.count = 0;
	r->held.count = 0;
}

bool
test_run(struct test_run *r, const struct ast_test *test)
{
	run_begin(r);
	return steps_run(r, test->steps);
}
