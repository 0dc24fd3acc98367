/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* test_check.c: the tests of a file, typed like its rules. */
#include "test_check.h"

#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "sema.h"
#include "step.h"

enum ksm_reason
test_reason(struct sema *s, const struct ast_ident *word)
{
	const char *names[KSM_REASONS];
	struct diag *d;

	for (uint32_t i = 1; i < KSM_REASONS; i++) {
		names[i] = ksm_reason_text((enum ksm_reason)i);
		if (sema_same(names[i], word->text)) {
			return (enum ksm_reason)i;
		}
	}
	d = diag_error(s->c, word->span, "S5", "`%s` is no reason of a denial", word->text);
	if (!diag_suggest(d, word->text, names + 1, KSM_REASONS - 1)) {
		diag_help(
			d, "capability, shape, default, forbid, guard, full, state and reply are");
	}
	return KSM_REASONS;
}

static bool
restart_check(struct sema *s, const struct ast_qname *instance)
{
	const char *name = instance->parts[instance->part_count - 1].text;
	uint32_t index = sema_instance_index(s, name);
	struct vector names = {0};
	struct diag *d;

	if (index != 0 && index < s->instances.count) {
		return true;
	}
	for (uint32_t i = 1; i < s->instances.count; i++) {
		const char **slot = vector_push(&names, &s->c->arena, sizeof *slot);

		*slot = sema_instance(s, i)->name;
	}
	d = diag_error(s->c, instance->span, "R13", "there is no instance `%s`", name);
	diag_suggest(d, name, names.elements, names.count);
	return false;
}

/* Adds the steps, multiplied out. Returns false after an error. */
static bool
steps_check(struct sema *s, const struct ast_step *steps, uint64_t times, uint64_t *count)
{
	struct step_message message;
	struct step_capability capability;
	bool is_right = true;

	for (const struct ast_step *step = steps; is_right && step != NULL; step = step->next) {
		uint64_t inner = times;

		switch (step->kind) {
		case AST_STEP_GRANT:
		case AST_STEP_DENY:
			is_right = step_read(s, step, &message) &&
				   (step->reason.text == NULL ||
					   test_reason(s, &step->reason) != KSM_REASONS);
			break;
		case AST_STEP_RESTART:
			is_right = restart_check(s, &step->instance);
			break;
		case AST_STEP_DROP:
			is_right = restart_check(s, &step->instance) &&
				   step_capability_read(s, step, &capability);
			break;
		case AST_STEP_TIMES:
			inner = step->number.magnitude > TEST_STEPS_MAX
					? (uint64_t)TEST_STEPS_MAX + 1
					: times * step->number.magnitude;
			is_right = steps_check(s, step->steps, inner, count);
			break;
		case AST_STEP_WAIT:
			break;
		}
		*count += times;
		if (is_right && (*count > TEST_STEPS_MAX || inner > TEST_STEPS_MAX)) {
			diag_help(diag_error(s->c, step->span, "R13", "a test has at most %u steps",
					  TEST_STEPS_MAX),
				"write fewer: nothing is new after the first thousand");
			is_right = false;
		}
	}
	return is_right;
}

void
tests_check(struct sema *s)
{
	for (const struct ast_item *item = s->root->file->items; item != NULL; item = item->next) {
		uint64_t count = 0;

		if (item->kind == AST_ITEM_TEST) {
			(void)steps_check(s, item->test->steps, 1, &count);
		}
	}
}
