/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* claim.c: what the file claims can never be granted. */
#include "claim.h"

#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "condition.h"
#include "lower.h"
#include "lower_rule.h"
#include "sema.h"
#include "witness.h"

/* Returns false after an error: an allow of this cell can grant what the claim excludes. */
static bool
cell_check(struct sema *s, const struct ast_claim *claim, const struct event_cell *cell)
{
	struct l1_cell like = {
		.holder = cell->holder,
		.target = cell->target,
		.interface = cell->interface->id,
		.method = cell->method->number & L1_METHOD,
		.event = cell->event,
	};
	uint32_t count;
	const struct l1_cell *group = lower_cells(s->l1, &like, &count);

	for (uint32_t i = 0; i < count; i++) {
		struct witness_question question = {
			.wanted = {group[i].condition, cell->condition},
			.wanted_count = 2,
			.forbids = group,
			.forbid_count = count,
			.cell = &group[i],
		};
		const char *message = NULL;
		enum witness_answer answer;
		struct diag *d;

		if (group[i].source->is_forbid) {
			continue;
		}
		answer = witness_find(s, &question, &message);
		if (answer == WITNESS_NONE) {
			continue;
		}
		if (answer == WITNESS_TOO_MANY) {
			d = diag_error(s->c, claim->event.span, "S39",
				"this claim tests too many values together");
			diag_help(d, "split it");
			return false;
		}
		d = like.event == L1_REPLY
			    ? diag_error(s->c, claim->event.span, "R8",
				      "`%s` may answer the %s of `%s`",
				      s->l1->labels[like.target].name, message,
				      s->l1->labels[like.holder].name)
			    : diag_error(s->c, claim->event.span, "R8", "`%s` may send `%s` %s",
				      s->l1->labels[like.holder].name,
				      s->l1->labels[like.target].name, message);
		diag_note(d,
			((const struct span *)s->rule_spans.elements)[group[i].source->number - 1],
			"this rule allows it");
		diag_help(d, "narrow that rule, or forbid the message");
		return false;
	}
	return true;
}

void
claim_check(struct sema *s, const struct ast_claim *claim)
{
	struct event_context e = {.s = s, .unit = s->root, .use = EVENT_NEVER, .event = L1_CALL};
	struct vector cells = {0};

	if (!lower_event(&e, &claim->event, &claim->guard, &cells)) {
		return;
	}
	for (uint32_t i = 0; i < cells.count; i++) {
		const struct event_cell *cell = &((const struct event_cell *)cells.elements)[i];
		struct l1_edge *edge = vector_push(&s->meant_denied, &s->c->arena, sizeof *edge);

		*edge = (struct l1_edge){cell->holder, cell->target, cell->interface->id};
		if (!condition_is_never(cell->condition) && !cell_check(s, claim, cell)) {
			return;
		}
	}
}

void
claims_check(struct sema *s)
{
	for (const struct ast_item *item = s->root->file->items; item != NULL; item = item->next) {
		if (item->kind == AST_ITEM_CLAIM && item->claim->kind == AST_CLAIM_NEVER) {
			claim_check(s, item->claim);
		}
	}
}
