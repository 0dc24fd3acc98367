/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_prove.c: gate prove: whether a claim holds that no file makes. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "ast_rule.h"
#include "claim.h"
#include "claim_words.h"
#include "compile.h"
#include "flow.h"
#include "flow_claim.h"
#include "options.h"
#include "rule_text.h"
#include "sema.h"
#include "verbs.h"

/* `no data ...` is a claim without its word. */
static const char *
word_before(const char *words)
{
	static const char *const whole[] = {"never", "prove", "enforce"};

	for (uint32_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
		size_t length = strlen(whole[i]);

		if (strncmp(words, whole[i], length) == 0 && words[length] == ' ') {
			return "";
		}
	}
	return "prove ";
}

static void
claim_prove(struct claim_words *w)
{
	const struct ast_claim *claim = claim_words_read(w, word_before(w->words));
	struct flow flow;

	if (claim == NULL) {
		return;
	}
	if (claim->kind == AST_CLAIM_NEVER) {
		claim_check(w->sema, claim);
	} else {
		flow_build(&flow, w->sema);
		flow_claim_check(&flow, claim);
	}
	if (w->compile->diags.error_count != 0) {
		return;
	}
	(void)printf("holds: %s\n", source_line(w->compile, claim->span));
	if (claim->kind != AST_CLAIM_NEVER) {
		flow_assumed_print(stdout);
	}
}

int
verb_prove(int argc, char **argv)
{
	struct options options = {0};
	struct compile compile;
	struct sema sema;
	struct claim_words w = {.options = &options, .compile = &compile, .sema = &sema};
	int result = claim_words_begin(&w, argc, argv);

	if (result < 0) {
		long start = (long)clock();

		claim_prove(&w);
		claim_words_time(&w, start);
		result = compile_report(&compile, options.json);
	}
	claim_words_release(&w);
	return result;
}
