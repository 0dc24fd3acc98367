/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_test.c: gate test: the tests of a file against the finished blob and against L1 [S38]. */
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "ast.h"
#include "ast_rule.h"
#include "blob.h"
#include "compile.h"
#include "explain.h"
#include "lower.h"
#include "options.h"
#include "policy.h"
#include "sema.h"
#include "step.h"
#include "test_check.h"
#include "verbs.h"

struct run {
	struct policy *policy;
	struct ksm ksm;
	struct l1_memory memory;
	uint64_t now_ns;
	struct vector calls; /* struct l1_query of granted calls, call_rule filled in */
	uint32_t passed;
	uint32_t failed;
};

static const char *
verdict_text(const struct l1_verdict *verdict)
{
	return verdict->reason == KSM_GRANTED ? "grant" : ksm_reason_text(verdict->reason);
}

/* Says what went wrong at a step. Returns false. */
static bool
step_fail(struct run *r, const struct ast_step *step, const struct step_message *m,
	const struct l1_verdict *verdict, const char *expected)
{
	struct sema *s = r->policy->sema;
	struct l1_position at = sema_position(s, step->span);

	(void)printf("    %s:%u: %s\n    expected %s, got %s%s\n", at.file, at.line, m->text,
		expected, verdict->reason == KSM_GRANTED ? "" : "deny because ",
		verdict_text(verdict));
	explain_print(s, m, verdict, stdout);
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

/* The rule that granted the latest such call of the test; without one, the first that could. */
static uint16_t
call_rule(const struct run *r, const struct l1_query *query)
{
	const struct l1_query *calls = r->calls.elements;
	const struct l1_cell *cell;
	uint32_t count;
	struct l1_cell like = {
		.holder = query->holder,
		.target = query->target,
		.interface = query->interface,
		.method = query->method,
		.event = L1_CALL,
	};

	for (uint32_t i = r->calls.count; i > 0; i--) {
		if (is_same_method(&calls[i - 1], query)) {
			return calls[i - 1].call_rule;
		}
	}
	cell = lower_cells(r->policy->l1, &like, &count);
	for (uint32_t i = 0; i < count; i++) {
		if (!cell[i].source->is_forbid) {
			return cell[i].source->number;
		}
	}
	return 0;
}

/* Remembers a granted call; a refused answer ends its call without one [S17]. */
static void
call_follow(struct run *r, const struct l1_query *query, const struct l1_verdict *verdict)
{
	struct l1_query *calls = r->calls.elements;
	struct l1_query abort = *query;
	uint32_t i = 0;

	if (query->event == L1_CALL) {
		while (i < r->calls.count && !is_same_method(&calls[i], query)) {
			i++;
		}
		if (verdict->reason == KSM_GRANTED) {
			calls = i < r->calls.count
					? &calls[i]
					: vector_push(&r->calls, &r->policy->sema->c->arena,
						  sizeof *calls);
			*calls = *query;
			calls->call_rule = verdict->rule;
		}
		return;
	}
	if (verdict->reason != KSM_GRANTED) {
		abort.event = L1_ABORT;
		abort.length_bytes = 0;
		(void)l1_eval(r->policy->l1, &abort, &r->memory);
		(void)blob_decide(&r->ksm, &abort);
	}
}

/* Returns whether the step came out as it says. */
static bool
message_run(struct run *r, const struct ast_step *step)
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
	l1 = l1_eval(r->policy->l1, &m.query, &r->memory);
	engine = blob_decide(&r->ksm, &m.query);
	call_follow(r, &m.query, &l1);
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
restart_run(struct run *r, const struct ast_qname *name)
{
	const struct l1 *l1 = r->policy->l1;

	for (uint32_t i = 1; i < l1->instance_count; i++) {
		if (sema_same(l1->instances[i].name, name->parts[name->part_count - 1].text)) {
			l1_eval_restart(l1, l1->instances[i].label, &r->memory);
			ksm_restart(&r->ksm, l1->instances[i].label);
		}
	}
}

static bool
steps_run(struct run *r, const struct ast_step *steps)
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
		}
	}
	return is_right;
}

/* S38: nothing has happened yet. */
static void
run_begin(struct run *r)
{
	struct policy *policy = r->policy;
	struct arena *a = &policy->sema->c->arena;

	(void)blob_open(&r->ksm, a, policy->l1, policy->blob.bytes, policy->blob.size);
	r->memory = (struct l1_memory){
		.words = arena_array(a, policy->l1->word_count + 1, sizeof(uint64_t))};
	r->now_ns = 0;
	r->calls.count = 0;
}

static void
test_run(struct run *r, const struct ast_test *test)
{
	bool is_right;

	run_begin(r);
	is_right = steps_run(r, test->steps);

	(void)printf("%s  %s\n", is_right ? "ok  " : "FAIL", test->name.bytes);
	r->passed += is_right;
	r->failed += !is_right;
}

static uint32_t
tests_count(const struct ast_file *file)
{
	uint32_t count = 0;

	for (const struct ast_item *item = file->items; item != NULL; item = item->next) {
		count += item->kind == AST_ITEM_TEST;
	}
	return count;
}

/* A component alone has nobody to send its messages. */
static int
skip_all(const struct ast_file *file)
{
	for (const struct ast_item *item = file->items; item != NULL; item = item->next) {
		if (item->kind == AST_ITEM_TEST) {
			(void)printf("skip  %s: this file has no system\n", item->test->name.bytes);
		}
	}
	(void)printf("0 passed, 0 failed, %u skipped\n", tests_count(file));
	return 0;
}

static int
file_run(struct compile *c, struct options *options, const char *path)
{
	struct policy policy = {0};
	struct run r = {.policy = &policy};
	int result;

	if (!options_end(options, c)) {
		return compile_report(c, options->json);
	}
	if (!policy_make(&policy, c, &options->sema, path)) {
		if (policy.l1 != NULL && policy.sema->system == NULL) {
			return skip_all(policy.sema->root->file);
		}
		return compile_report(c, options->json);
	}
	for (const struct ast_item *item = policy.sema->root->file->items; item != NULL;
		item = item->next) {
		if (item->kind == AST_ITEM_TEST) {
			test_run(&r, item->test);
		}
	}
	result = compile_report(c, options->json);
	(void)fflush(stderr);
	(void)printf("%u passed, %u failed, 0 skipped\n", r.passed, r.failed);
	return r.failed != 0 ? 1 : result;
}

int
verb_test(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct options options;
	struct compile c;
	const char *file = NULL;
	int result;

	options_begin(&options);
	while (args_more(&a)) {
		const char *word;

		if (options_read(&a, &options)) {
			continue;
		}
		word = args_word(&a);
		if (word == NULL || file != NULL) {
			return args_refuse(&a);
		}
		file = word;
	}
	if (file == NULL) {
		return args_refuse(&a);
	}
	compile_init(&c);
	result = file_run(&c, &options, file);
	compile_release(&c);
	return result;
}
