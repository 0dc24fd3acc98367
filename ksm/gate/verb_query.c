/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_query.c: gate query: who can reach whom, by which way, and under which conditions. */
#include <stdio.h>

#include "ast_rule.h"
#include "claim_words.h"
#include "compile.h"
#include "flow_claim.h"
#include "options.h"
#include "query.h"
#include "sema.h"
#include "verbs.h"

static int
answer(struct claim_words *w)
{
	const struct ast_claim *claim = claim_words_read(w, "prove no influence ");
	struct arena *a = &w->compile->arena;
	struct flow flow;
	bool *from;
	bool *to;

	if (claim == NULL) {
		return 1;
	}
	flow_build(&flow, w->sema);
	from = arena_array(a, flow.node_count, sizeof *from);
	to = arena_array(a, flow.node_count, sizeof *to);
	if (!flow_who_mark(&flow, &claim->from, from) || !flow_who_mark(&flow, &claim->to, to)) {
		return 1;
	}
	/* Who is asked about is not asked whether it reaches itself. */
	for (uint32_t i = 0; i < flow.node_count; i++) {
		from[i] = from[i] && !to[i];
	}
	query_print(&flow, from, to, stdout);
	return 0;
}

int
verb_query(int argc, char **argv)
{
	return claim_words_run(argc, argv, answer);
}
