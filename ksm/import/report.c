/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* report.c: every binding is accounted for. */
#include "report.h"

#include "ksm/gate/buffer.h"
#include "cells.h"
#include "ksm/gate/compile.h"
#include "project.h"
#include "judge.h"
#include "psl.h"
#include "world.h"

static bool
is_bound(const struct cells *c, const struct psl_binding *b)
{
	for (uint32_t i = 0; i < c->judge->bound.count; i++) {
		if (((const struct psl_binding *const *)c->judge->bound.elements)[i] == b) {
			return true;
		}
	}
	return false;
}

static void
at_say(struct buffer *b, const struct project *p, struct span at)
{
	buffer_text(b,
		arena_format(b->arena, "%s:%u", source_find(p->compile, at.file)->path, at.line));
}

static void
classes_say(struct buffer *b, const struct world *w)
{
	buffer_text(b, "\n## Classes\n\n| class | in Gate | |\n|---|---|---|\n");
	for (uint32_t i = 0; i < w->classes.count; i++) {
		const struct world_class *class = world_class_at(w, i);

		buffer_text(
			b, arena_format(b->arena, "| %s | %s | %s |\n", class->name, class->gate,
				   class->is_left_out  ? "left out, as was asked"
				   : class->is_asker   ? "stands for the monitor"
				   : !class->runs      ? "the policy does not let it start"
				   : class->is_foreign ? "foreign: its EDL, or a part of it, is "
							 "not here"
						       : ""));
	}
}

static void
bindings_say(struct buffer *b, const struct project *p, const struct cells *c)
{
	uint32_t count = 0;
	uint32_t bound = 0;

	buffer_text(b, "\n## Bindings\n\n");
	for (const struct psl_binding *i = p->psl.bindings; i != NULL; i = i->next) {
		count++;
		if (is_bound(c, i)) {
			bound++;
			continue;
		}
		buffer_text(b, "- ");
		at_say(b, p, i->at);
		buffer_text(
			b, arena_format(b->arena, ": `%s` meets no message of classes that run\n",
				   psl_event_name(i->event)));
	}
	buffer_text(b, arena_format(b->arena, "- %u of %u meet messages; %u rules of Gate say it\n",
			       bound, count, c->rules.count));
}

void
report_print(struct buffer *b, const struct project *p, const struct cells *c)
{
	const struct lost *lost = c->judge->lost.elements;
	const char *const *notes = p->notes.elements;

	buffer_text(b, arena_format(b->arena, "# Import of %s\n", p->main_path));
	classes_say(b, c->judge->world);
	bindings_say(b, p, c);
	buffer_text(b, "\n## Not imported\n\n");
	for (uint32_t i = 0; i < c->judge->lost.count; i++) {
		buffer_text(b, "- ");
		at_say(b, p, lost[i].at);
		buffer_text(b, arena_format(b->arena, ": %s; denied in Gate\n", lost[i].why));
	}
	buffer_text(b, c->judge->lost.count == 0 ? "Nothing.\n" : "");
	for (uint32_t i = 0; i < c->judge->unsaid.count; i++) {
		const struct lost *step = &((const struct lost *)c->judge->unsaid.elements)[i];

		buffer_text(b, i == 0 ? "\n## Steps of tests that were left out\n\n- " : "- ");
		at_say(b, p, step->at);
		buffer_text(b, arena_format(b->arena, ": %s\n", step->why));
	}
	buffer_text(b, "\n## Notes\n\n- Everything has started: starts are judged once, by this "
		       "import, and what they set up is the initial state.\n");
	if (c->judge->is_part) {
		buffer_text(b,
			"- These files do not say who starts the kernel, so they are a part of a "
			"policy: classes whose start they do not speak of are taken to run.\n");
	}
	if (p->psl.profile_count > 0 || p->psl.audit != NULL) {
		buffer_text(b,
			arena_format(b->arena,
				"- Audit profiles (%u, default `%s` %llu) have no "
				"counterpart: every denial is on record.\n",
				p->psl.profile_count, p->psl.audit == NULL ? "none" : p->psl.audit,
				(unsigned long long)p->psl.audit_level));
	}
	for (uint32_t i = 0; i < p->notes.count; i++) {
		buffer_text(b, arena_format(b->arena, "- %s\n", notes[i]));
	}
}
