/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_mutate.c: gate mutate: which mistakes in its rules the tests of a file would find. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "diff.h"
#include "diff_print.h"
#include "dump_l1.h"
#include "missing.h"
#include "mutate.h"
#include "options.h"
#include "policy.h"
#include "rule_text.h"
#include "sema.h"
#include "test_run.h"
#include "verbs.h"

#define KILLED_PERCENT 95u

enum fate {
	FATE_REFUSED, /* gate says so */
	FATE_KILLED,  /* a test says so */
	FATE_EQUAL,   /* it means the same */
	FATE_LIVES,
	FATES
};

struct campaign {
	const char *path;
	struct options *options;
	char *original; /* L1 as text */
	const struct l1 *l1;
	struct missing missing;
	uint32_t count[FATES];
};

/* Returns L1 as text, which the caller frees; NULL without memory. */
static char *
l1_text(const struct l1 *l1)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	if (out == NULL) {
		return NULL;
	}
	dump_l1(l1, out);
	return fclose(out) == 0 ? text : NULL;
}

static enum fate
tests_judge(const struct campaign *k, struct policy *policy)
{
	char *text = l1_text(policy->l1);
	bool is_equal = text != NULL && strcmp(text, k->original) == 0;
	struct test_run r = {.policy = policy, .is_quiet = true};

	free(text);
	if (is_equal || missing_is_none(k->l1, policy->l1)) {
		return FATE_EQUAL;
	}
	for (const struct ast_item *item = policy->sema->root->file->items; item != NULL;
		item = item->next) {
		if (item->kind == AST_ITEM_TEST && !test_run(&r, item->test)) {
			return FATE_KILLED;
		}
	}
	return FATE_LIVES;
}

static void
fate_print(struct sema *s, const struct mutation *m, enum fate fate, FILE *out)
{
	struct l1_position at = sema_position(s, m->at);

	(void)fprintf(out, "%s:%u: %s: %s: %s\n", at.file, at.line,
		fate == FATE_EQUAL ? "the same" : "LIVES", m->what, source_line(s->c, m->at));
}

static const char *
test_name(struct sema *s, const struct mutation *m)
{
	return arena_format(&s->c->arena, "line %u: %s", sema_position(s, m->at).line, m->what);
}

/* The test that would find it; in bare output what has none is told apart. */
static void
survivor_print(struct campaign *k, struct policy *policy, const struct mutation *m)
{
	struct sema *s = policy->sema;
	struct diff diff;

	diff_policies(&diff, k->l1, policy->l1, &s->c->arena);
	if (missing_print(&k->missing, policy, &diff, test_name(s, m), stdout)) {
		return;
	}
	if (k->missing.is_bare) {
		fate_print(s, m, FATE_LIVES, stderr);
	}
	diff_step_print(&diff, k->missing.is_bare ? stderr : stdout);
}

/* Returns false if there is no mistake of that number. */
static bool
one_run(struct campaign *k, uint32_t number)
{
	struct mutation m = {.wanted = number};
	struct sema_options options = k->options->sema;
	struct compile c;
	struct sema s;
	struct policy policy = {.sema = &s};
	enum fate fate = FATE_REFUSED;

	compile_init(&c);
	buffer_init(&policy.blob, &c.arena);
	options.change = mutate;
	options.change_data = &m;
	policy.l1 = sema_run(&s, &c, &options, k->path);
	if (policy.l1 != NULL) {
		fate = tests_judge(k, &policy);
	}
	if (m.is_made && fate >= FATE_EQUAL && !k->missing.is_bare) {
		fate_print(&s, &m, fate, stdout);
	}
	if (m.is_made && fate == FATE_LIVES) {
		survivor_print(k, &policy, &m);
	}
	k->count[fate] += m.is_made;
	compile_release(&c);
	return m.is_made;
}

static int
summary_print(const struct campaign *k)
{
	uint32_t killed = k->count[FATE_REFUSED] + k->count[FATE_KILLED];
	uint32_t differ = killed + k->count[FATE_LIVES];
	FILE *out = k->missing.is_bare ? stderr : stdout;

	(void)fprintf(out,
		"%u mistakes: %u refused by gate, %u found by tests, %u live, %u mean the same\n",
		differ + k->count[FATE_EQUAL], k->count[FATE_REFUSED], k->count[FATE_KILLED],
		k->count[FATE_LIVES], k->count[FATE_EQUAL]);
	(void)fprintf(out, "found: %u of %u\n", killed, differ);
	return killed * 100 >= differ * KILLED_PERCENT ? 0 : 1;
}

/* Without a change everything must be in order, or no verdict below means anything. */
static int
file_mutate(struct compile *c, struct options *options, const char *path, bool only_tests)
{
	struct campaign k = {.path = path, .options = options};
	struct policy policy;
	struct test_run r = {.policy = &policy};

	if (!options_end(options, c) || !policy_make(&policy, c, &options->sema, path)) {
		return compile_report(c, options->json);
	}
	for (const struct ast_item *item = policy.sema->root->file->items; item != NULL;
		item = item->next) {
		if (item->kind == AST_ITEM_TEST && !test_run(&r, item->test)) {
			return 1;
		}
	}
	k.original = l1_text(policy.l1);
	k.l1 = policy.l1;
	missing_begin(&k.missing, &policy, only_tests);
	for (uint32_t n = 0; k.original != NULL && one_run(&k, n); n++) {
	}
	free(k.original);
	return summary_print(&k);
}

int
verb_mutate(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct options options;
	struct compile c;
	const char *file = NULL;
	bool only_tests = false;
	int result;

	options_begin(&options);
	while (args_more(&a)) {
		if (args_flag(&a, "--tests")) {
			only_tests = true;
		} else if (!options_or_file(&a, &options, &file)) {
			return args_refuse(&a);
		}
	}
	if (file == NULL) {
		return args_refuse(&a);
	}
	compile_init(&c);
	result = file_mutate(&c, &options, file, only_tests);
	compile_release(&c);
	return result;
}
