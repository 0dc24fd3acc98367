/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_cover.c: gate cover: what of the rules in force the tests of a file reach [R18]. */
#include <stdio.h>
#include <stdlib.h>

#include "args.h"
#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "cover.h"
#include "options.h"
#include "policy.h"
#include "sema.h"
#include "test_run.h"
#include "verbs.h"

#define PERCENT_MAX 100u

/* A verdict of a test that fails says nothing about the tests that were meant. */
static int
file_cover(struct compile *c, struct options *options, const char *path, uint32_t least)
{
	struct policy policy = {0};
	struct cover cover;
	struct cover_count count;
	struct test_run r = {.policy = &policy, .watch = cover_watch, .watch_data = &cover};

	if (!options_end(options, c) || !policy_make(&policy, c, &options->sema, path)) {
		return compile_report(c, options->json);
	}
	cover_begin(&cover, policy.l1, &c->arena);
	for (const struct ast_item *item = policy.sema->root->file->items; item != NULL;
		item = item->next) {
		if (item->kind == AST_ITEM_TEST && !test_run(&r, item->test)) {
			(void)printf("FAIL  %s\n", item->test->name.bytes);
			(void)compile_report(c, options->json);
			return 1;
		}
	}
	count = cover_print(&cover, stdout);
	return (uint64_t)count.reached * PERCENT_MAX >= (uint64_t)count.all * least ? 0 : 1;
}

/* Returns false if the word is no whole number up to 100. */
static bool
percent_read(const char *word, uint32_t *out)
{
	char *end;
	unsigned long value = strtoul(word, &end, 10);

	if (word[0] < '0' || word[0] > '9' || *end != '\0' || value > PERCENT_MAX) {
		(void)fprintf(
			stderr, "gate cover: `%s` is no percentage; write `--least 90`\n", word);
		return false;
	}
	*out = (uint32_t)value;
	return true;
}

int
verb_cover(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct options options;
	struct compile c;
	const char *file = NULL;
	uint32_t least = PERCENT_MAX;
	int result;

	options_begin(&options);
	while (args_more(&a)) {
		const char *value = args_value(&a, "--least");

		if (value != NULL) {
			if (!percent_read(value, &least)) {
				return 2;
			}
		} else if (!options_or_file(&a, &options, &file)) {
			return args_refuse(&a);
		}
	}
	if (file == NULL) {
		return args_refuse(&a);
	}
	compile_init(&c);
	result = file_cover(&c, &options, file, least);
	compile_release(&c);
	return result;
}
