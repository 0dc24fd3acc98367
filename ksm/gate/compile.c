/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* compile.c: birth, report and death of one run. */
#include "compile.h"

void
compile_init(struct compile *c)
{
	*c = (struct compile){.edition_newest = EDITION_NEWEST};
	arena_init(&c->arena);
	arena_init(&c->trees);
	arena_init(&c->tokens);
	arena_init(&c->rules);
	arena_init(&c->drafts);
	arena_init(&c->scratch);
}

void
compile_release(struct compile *c)
{
	arena_release(&c->arena);
	arena_release(&c->trees);
	arena_release(&c->tokens);
	arena_release(&c->rules);
	arena_release(&c->drafts);
	arena_release(&c->scratch);
	*c = (struct compile){0};
}

int
compile_report(struct compile *c, bool json)
{
	diag_print(c, stderr, diag_style_for(stderr, json));
	return c->diags.error_count > 0 ? 1 : 0;
}

uint32_t
compile_edition(const struct compile *c)
{
	return c->edition != 0 ? c->edition : c->edition_newest;
}
