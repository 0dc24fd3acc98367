/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_test.c: gate test: the tests of a file against the finished blob and against L1 [S38]. */
#include <stdio.h>
#include <string.h>

#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "options.h"
#include "policy.h"
#include "sema.h"
#include "test_run.h"
#include "verbs.h"

struct results {
	uint32_t passed;
	uint32_t failed;
};

static void
one_run(struct policy *policy, const struct ast_test *test, struct results *results)
{
	struct test_run r = {.policy = policy};
	bool is_right = test_run(&r, test);

	(void)printf("%s  %s\n", is_right ? "ok  " : "FAIL", test->name.bytes);
	results->passed += is_right;
	results->failed += !is_right;
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
	struct results results = {0};
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
			one_run(&policy, item->test, &results);
		}
	}
	result = compile_report(c, options->json);
	(void)fflush(stderr);
	(void)printf("%u passed, %u failed, 0 skipped\n", results.passed, results.failed);
	return results.failed != 0 ? 1 : result;
}

int
verb_test(int argc, char **argv)
{
	return options_one_file(argc, argv, file_run);
}
