/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* proof.c: a policy that was imported is a policy that compiles. */
#include "proof.h"

#include <string.h>

#include "cells.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/diag.h"
#include "ksm/gate/policy.h"
#include "ksm/gate/sema_options.h"
#include "print.h"
#include "project.h"

static const char printed[] = "<imported>";

/* Where the rule is from in which, or before whose end, the text has a fault. */
static struct span
origin(const struct cells *cells, struct arena *a, const char *text, struct span fault)
{
	const char *because = strstr(text + fault.offset, " because \"");
	const struct cell_rule *rules = cells->rules.elements;

	/* gate fmt may have put it on a line of its own. */
	because = because == NULL ? "" : because + 1;
	for (uint32_t i = 0; i < cells->rules.count; i++) {
		const struct span *sources = rules[i].sources.elements;
		const char *own = print_sources(a, cells, &rules[i]);

		if (rules[i].sources.count > 0 && strncmp(because, own, strlen(own)) == 0) {
			return sources[rules[i].sources.count - 1];
		}
	}
	return (struct span){0};
}

static void
fault_say(struct compile *c, const struct cells *cells, const char *text, const struct diag *fault)
{
	struct span at = origin(cells, &c->arena, text, fault->at);
	struct diag *d;

	if (at.line == 0) {
		at = ((const struct span *)cells->rules.elements != NULL && cells->rules.count > 0)
			     ? *(const struct span *)((
				       const struct cell_rule *)cells->rules.elements)[0]
					.sources.elements
			     : at;
	}
	d = diag_error(c, at, fault->clause, "what this becomes is no policy of Gate: %s",
		fault->sentence);
	diag_help(d, "%s",
		fault->clause != NULL && strcmp(fault->clause, "S40") == 0
			? "test fewer fields or cases in one message; a decision takes at most 64 "
			  "steps"
			: "write it in another way; nothing is imported like this");
}

bool
proof_compile(struct compile *c, struct project *p, const struct cells *cells,
	struct sema_options options, const char *text, size_t size)
{
	struct policy policy = {0};
	struct compile own;
	bool is_right;

	compile_init(&own);
	options.text = text;
	options.text_size = size;
	is_right = policy_make(&policy, &own, &options, printed);
	for (const struct diag *d = own.diags.first; d != NULL && !is_right; d = d->next) {
		if (d->severity == DIAG_WARNING) {
			continue;
		}
		if (d->clause != NULL && strcmp(d->clause, "N5") == 0) {
			project_note(p,
				"The result was not compiled: kernel/core.gate is not here. Say -I "
				"with its folder.");
			is_right = true;
			break;
		}
		fault_say(c, cells, text, d);
		break;
	}
	compile_release(&own);
	return is_right;
}
