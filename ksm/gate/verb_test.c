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
#include "options.h"
#include "policy.h"
#include "sema.h"
#include "step.h"
#include "test_check.h"
#include "verbs.h"

struct run {
	struct policy *policy;
	struct ksm ksm;
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
	l1 = l1_eval(r->policy->l1, &m.query);
	engine = blob_decide(&r->ksm, &m.query);
	if (l1.reason != engine.reason || l1.rule != engine.rule) {
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

/* Nothing has state in this version: a wait and a restart change no verdict. */
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
		}
	}
	return is_right;
}

static void
test_run(struct run *r, const struct ast_test *test)
{
	bool is_right = steps_run(r, test->steps);

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
	(void)blob_open(&r.ksm, &c->arena, policy.l1, policy.blob.bytes, policy.blob.size);
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
