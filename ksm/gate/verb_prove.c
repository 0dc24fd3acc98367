/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_prove.c: gate prove: whether a claim holds that no file makes. */
#include <stdio.h>
#include <string.h>

#include "ast_rule.h"
#include "claim.h"
#include "claim_words.h"
#include "compile.h"
#include "flow.h"
#include "flow_claim.h"
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

static int
claim_prove(struct claim_words *w)
{
	const struct ast_claim *claim = claim_words_read(w, word_before(w->words));
	struct flow flow;

	if (claim == NULL) {
		return 0;
	}
	if (claim->kind == AST_CLAIM_NEVER) {
		claim_check(w->sema, claim);
	} else {
		flow_build(&flow, w->sema);
		flow_claim_check(&flow, claim);
	}
	if (w->compile->diags.error_count != 0) {
		return 0;
	}
	(void)printf("holds: %s\n", source_line(w->compile, claim->span));
	if (claim->kind != AST_CLAIM_NEVER) {
		flow_assumed_print(stdout);
	}
	return 0;
}

int
verb_prove(int argc, char **argv)
{
	return claim_words_run(argc, argv, claim_prove);
}
