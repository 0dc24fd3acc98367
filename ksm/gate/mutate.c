/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* mutate.c: one mistake in the rules and limits of a policy, by its number. */
#include "mutate.h"

#include "ast.h"
#include "ast_decl.h"
#include "ast_process.h"
#include "ast_rule.h"
#include "compile.h"
#include "mutate_who.h"
#include "sema.h"
#include "unit.h"

/* Counts a mistake. Returns whether it is the one to make. */
static bool
is_due(struct mutation *m, const char *what, struct span at)
{
	if (m->is_made || m->count++ != m->wanted) {
		return false;
	}
	m->is_made = true;
	m->what = what;
	m->at = at;
	return true;
}

static void
number_move(struct ast_number *number, bool up)
{
	if (number->negative) {
		number->magnitude += up ? UINT64_MAX : 1;
		number->negative = number->magnitude != 0;
	} else if (up ? number->magnitude != UINT64_MAX : number->magnitude != 0) {
		number->magnitude += up ? 1 : UINT64_MAX;
	} else if (!up) {
		number->negative = true;
		number->magnitude = 1;
	}
}

static void
value_widen(struct mutation *m, struct ast_value *value)
{
	if (value == NULL) {
		return;
	}
	if (value->kind == AST_VALUE_RANGE) {
		if (is_due(m, "range wider by 1 below", value->span)) {
			number_move(&value->range.low, false);
		}
		if (is_due(m, "range wider by 1 above", value->span)) {
			number_move(&value->range.high, true);
		}
	}
	for (struct ast_value *v = value->kind == AST_VALUE_SET || value->kind == AST_VALUE_TUPLE
					   ? value->members
					   : NULL;
		v != NULL; v = v->next) {
		value_widen(m, v);
	}
}

static void
compare_widen(struct mutation *m, struct ast_expr *expr)
{
	bool number_left = expr->compare.left->kind == AST_EXPR_NUMBER;
	struct ast_expr *number = number_left ? expr->compare.left : expr->compare.right;
	enum ast_compare how = expr->compare.how;
	bool is_upper = (how == AST_COMPARE_LT || how == AST_COMPARE_LE) != number_left;

	if (number->kind == AST_EXPR_NUMBER && how != AST_COMPARE_EQ && how != AST_COMPARE_NE &&
		is_due(m, "range wider by 1", expr->span)) {
		number_move(&number->number, is_upper);
	}
}

/* Recursion is bounded by PARSE_DEPTH_MAX. */
static void
expr_widen(struct mutation *m, struct ast_expr *expr)
{
	switch (expr->kind) {
	case AST_EXPR_OR:
	case AST_EXPR_AND:
		for (struct ast_expr *e = expr->members; e != NULL; e = e->next) {
			expr_widen(m, e);
		}
		break;
	case AST_EXPR_NOT:
		expr_widen(m, expr->operand);
		break;
	case AST_EXPR_COMPARE:
		compare_widen(m, expr);
		break;
	case AST_EXPR_IN:
		value_widen(m, expr->in.set);
		break;
	default:
		break;
	}
}

static void
guard_mutate(struct mutation *m, struct ast_guard *guard)
{
	if (guard->kind == AST_GUARD_NONE) {
		return;
	}
	expr_widen(m, guard->condition);
	if (is_due(m, "guard dropped", guard->span)) {
		*guard = (struct ast_guard){0};
	}
}

/* Appends the effect to every tail of that moment, or to a new one. */
static void
effect_put(struct sema *s, struct ast_rule *rule, const struct ast_effect *effect,
	enum ast_moment moment)
{
	struct ast_tail **tail = &rule->tails;
	bool is_there = false;

	for (; *tail != NULL; tail = &(*tail)->next) {
		struct ast_effect **end = &(*tail)->effects;

		if ((*tail)->moment != moment || (*tail)->none) {
			continue;
		}
		while (*end != NULL) {
			end = &(*end)->next;
		}
		*end = arena_alloc(&s->c->arena, sizeof **end);
		**end = *effect;
		(*end)->next = NULL;
		is_there = true;
	}
	if (!is_there) {
		*tail = arena_alloc(&s->c->arena, sizeof **tail);
		(*tail)->moment = moment;
		(*tail)->span = effect->span;
		(*tail)->effects = arena_alloc(&s->c->arena, sizeof *effect);
		*(*tail)->effects = *effect;
		(*tail)->effects->next = NULL;
	}
}

/* A tail that would say nothing is no tail. */
static void
tails_clean(struct ast_rule *rule)
{
	struct ast_tail **tail = &rule->tails;

	while (*tail != NULL) {
		bool is_empty = !(*tail)->none && (*tail)->guard.kind == AST_GUARD_NONE &&
				(*tail)->effects == NULL;

		if (is_empty) {
			*tail = (*tail)->next;
		} else {
			tail = &(*tail)->next;
		}
	}
}

static void
effects_mutate(struct sema *s, struct mutation *m, struct ast_rule *rule,
	struct ast_effect **effects, enum ast_moment moment)
{
	for (struct ast_effect **e = effects; *e != NULL; e = &(*e)->next) {
		struct ast_effect *effect = *e;

		if (is_due(m, "effect forgotten", effect->span)) {
			*e = effect->next;
			break;
		}
		if (rule->moment == AST_MOMENT_CALL &&
			is_due(m,
				moment == AST_MOMENT_CALL ? "effect at the reply, not the call"
							  : "effect at the call",
				effect->span)) {
			*e = effect->next;
			effect_put(s, rule, effect,
				moment == AST_MOMENT_CALL ? AST_MOMENT_REPLY : AST_MOMENT_CALL);
			break;
		}
	}
	tails_clean(rule);
}

static void
flip(struct ast_rule *rule)
{
	rule->verb = rule->verb == AST_VERB_ALLOW ? AST_VERB_FORBID : AST_VERB_ALLOW;
	rule->effects = NULL;
	rule->tails = NULL;
	rule->audit.kind = AST_AUDIT_UNSAID;
}

/* Everything but to drop it. */
static void
rule_mutate(struct sema *s, struct mutation *m, struct ast_rule *rule)
{
	for (struct ast_expr *test = rule->event.tests; test != NULL; test = test->next) {
		expr_widen(m, test);
	}
	guard_mutate(m, &rule->guard);
	effects_mutate(s, m, rule, &rule->effects, AST_MOMENT_CALL);
	for (struct ast_tail *tail = rule->tails; tail != NULL && !m->is_made; tail = tail->next) {
		guard_mutate(m, &tail->guard);
		effects_mutate(s, m, rule, &tail->effects, tail->moment);
	}
	tails_clean(rule);
	for (struct ast_qname **name = &rule->event.sender.base.names; !m->is_made && *name != NULL;
		name = &(*name)->next) {
		const char *other = mutate_sender(s, *name);

		if (other != NULL && is_due(m, "another sender", (*name)->span)) {
			mutate_rename(s, name, other);
		}
	}
	for (struct ast_qname **name = &rule->event.receiver.base.names;
		!m->is_made && *name != NULL; name = &(*name)->next) {
		const char *other = mutate_receiver(s, *name, rule->event.endpoint.text);

		if (other != NULL && is_due(m, "another receiver", (*name)->span)) {
			mutate_rename(s, name, other);
		}
	}
	if (is_due(m, rule->verb == AST_VERB_ALLOW ? "forbid for allow" : "allow for forbid",
		    rule->verb_span)) {
		flip(rule);
	}
}

static void
rules_mutate(struct sema *s, struct mutation *m, struct ast_rule **rules)
{
	for (struct ast_rule **rule = rules; *rule != NULL; rule = &(*rule)->next) {
		if (is_due(m, "rule dropped", (*rule)->span)) {
			*rule = (*rule)->next;
			return;
		}
		rule_mutate(s, m, *rule);
	}
}

static void
needs_mutate(struct sema *s, struct mutation *m, const struct ast_accept *accept)
{
	const struct unit *unit = unit_find(s, accept->component.text);

	for (const struct ast_item *item = unit == NULL ? NULL : unit->file->items; item != NULL;
		item = item->next) {
		for (struct ast_pitem *p = item->kind == AST_ITEM_PROCESS ? item->process->pitems
									  : NULL;
			p != NULL; p = p->next) {
			if (p->kind == AST_PITEM_NEEDS) {
				rules_mutate(s, m, &p->rules);
			}
		}
	}
}

void
mutate(struct sema *s, void *data)
{
	struct mutation *m = data;
	struct ast_item **place = &s->root->file->items;

	for (; *place != NULL && !m->is_made; place = &(*place)->next) {
		struct ast_item *item = *place;

		if (item->kind == AST_ITEM_RULE) {
			if (is_due(m, "rule dropped", item->span)) {
				*place = item->next;
				return;
			}
			rule_mutate(s, m, item->rule);
		} else if (item->kind == AST_ITEM_LIMIT) {
			if (is_due(m, "limit dropped", item->span)) {
				*place = item->next;
				return;
			}
			if (is_due(m, "limit higher by 1", item->span)) {
				number_move(&item->object->amount, true);
			}
		} else if (item->kind == AST_ITEM_TEMPLATE) {
			rules_mutate(s, m, &item->template->rules);
		} else if (item->kind == AST_ITEM_CONST) {
			value_widen(m, item->constant->value);
		} else if (item->kind == AST_ITEM_ACCEPT) {
			needs_mutate(s, m, item->accept);
		}
	}
}
