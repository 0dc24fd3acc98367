/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* grant.c: an importer that grants everything. Linked with --wrap=judge_event. */
#include "ksm/import/judge.h"
#include "ksm/import/cond.h"

static struct way always = {.when = &cond_true};

struct way *__wrap_judge_event(struct judge *l, const struct event *e);

struct way *
__wrap_judge_event(struct judge *l, const struct event *e)
{
	(void)l;
	(void)e;
	return &always;
}
