/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* match.c: a selector that is not there agrees with everything. */
#include "match.h"

#include <string.h>

#include "judge.h"
#include "psl.h"
#include "world.h"

static bool
class_agrees(const char *name, const struct world_class *class)
{
	return name == NULL || strcmp(name, class->name) == 0;
}

static bool
selector_meets(const struct psl_selector *s, const struct event *e)
{
	if (!class_agrees(s->src, e->src)) {
		return false;
	}
	if (e->kind == PSL_SECURITY) {
		return s->method == NULL ||
		       (e->method->name != NULL && strcmp(s->method, e->method->name) == 0);
	}
	return class_agrees(s->dst, e->dst) &&
	       (e->kind == PSL_EXECUTE || world_matches(s, e->endpoint, e->method));
}

bool
match_binding(const struct psl_binding *b, const struct event *e)
{
	return b->event == e->kind && selector_meets(&b->selector, e);
}

bool
match_item(const struct psl_item *item, const struct event *e)
{
	return selector_meets(&item->selector, e);
}
