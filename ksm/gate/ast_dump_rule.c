/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_dump_rule.c: prints rules, claims and tests. */
#include "ast_dump_rule.h"

#include "ast_rule.h"

static const char *const effect_words[] = {
	"take", "add", "sub", "insert", "remove", "enter", "hold", "drop"};
static const char *const moment_words[] = {"call", "reply", "error", "abort"};
static const char *const audit_words[] = {"", "granted", "never", "must", "first"};
static const char *const step_words[] = {
#define AST_STEP(name, text) text,
#include "ast.def"
};

static void
dump_set(const struct dump *d, const char *what, const struct ast_set *set)
{
	if (set == NULL) {
		return;
	}
	if (set->kind == AST_SET_NAMES) {
		dump_qnames(d, what, set->names);
	} else {
		dump_line(d, "%s %s", what, set->kind == AST_SET_ANY ? "any" : "any!");
	}
}

void
dump_who(const struct dump *d, const char *what, const struct ast_who *who)
{
	struct dump inner = dump_inner(d);

	dump_line(d, "%s", what);
	dump_set(&inner, "is", &who->base);
	dump_set(&inner, "except", who->except);
}

static void
dump_event(const struct dump *d, const struct ast_event *e)
{
	dump_who(d, "sender", &e->sender);
	dump_who(d, "receiver", &e->receiver);
	if (e->number != NULL) {
		dump_number(d, "number", e->number);
	}
	if (e->endpoint.text != NULL) {
		dump_line(d, "endpoint %s", e->endpoint.text);
	}
	if (e->which == AST_METHODS_ALL) {
		dump_line(d, "method *");
	}
	dump_idents(d, e->which == AST_METHODS_SET ? "one of" : "method", e->methods);
	if (e->has_parens) {
		dump_line(d, "parentheses");
	}
	dump_exprs(d, "test", e->tests);
}

static void
dump_guard(const struct dump *d, const struct ast_guard *guard)
{
	if (guard->kind != AST_GUARD_NONE) {
		dump_exprs(d, guard->kind == AST_GUARD_WHEN ? "when" : "unless", guard->condition);
	}
}

static void
dump_effects(const struct dump *d, const struct ast_effect *e)
{
	struct dump inner = dump_inner(d);

	for (; e != NULL; e = e->next) {
		dump_line(d, "then %s", effect_words[e->kind]);
		dump_exprs(&inner, "target", e->target);
		dump_number(&inner, "amount", e->amount);
		dump_exprs(&inner, "operand", e->operand);
		if (e->state.text != NULL) {
			dump_line(&inner, "state %s", e->state.text);
		}
	}
}

static void
dump_tails(const struct dump *d, const struct ast_tail *t)
{
	struct dump inner = dump_inner(d);

	for (; t != NULL; t = t->next) {
		dump_line(d, "tail %s%s", moment_words[t->moment], t->none ? " none" : "");
		dump_guard(&inner, &t->guard);
		dump_effects(&inner, t->effects);
	}
}

void
dump_rules(const struct dump *d, const char *what, const struct ast_rule *first)
{
	struct dump inner = dump_inner(d);

	for (; first != NULL; first = first->next) {
		dump_line(d, "%s %s%s %s", what, first->draft ? "draft " : "",
			first->verb == AST_VERB_ALLOW ? "allow" : "forbid",
			moment_words[first->moment]);
		dump_event(&inner, &first->event);
		dump_guard(&inner, &first->guard);
		dump_effects(&inner, first->effects);
		dump_tails(&inner, first->tails);
		if (first->audit.kind != AST_AUDIT_UNSAID) {
			dump_line(&inner, "audit %s", audit_words[first->audit.kind]);
			dump_number(&inner, "period", &first->audit.period);
		}
		dump_string(&inner, "because", first->because);
		dump_string(&inner, "until", first->until);
	}
}

void
dump_claim(const struct dump *d, const struct ast_claim *claim)
{
	static const char *const words[] = {"never", "prove no", "prove only", "enforce"};
	struct dump inner = dump_inner(d);

	dump_line(d, "claim %s", words[claim->kind]);
	if (claim->kind == AST_CLAIM_NEVER) {
		dump_event(&inner, &claim->event);
		dump_guard(&inner, &claim->guard);
	} else if (claim->kind == AST_CLAIM_ENFORCE) {
		dump_line(
			&inner, "%s %s", claim->level.text, claim->upward ? "upward" : "downward");
	} else {
		dump_line(&inner, "%s", claim->flow == AST_FLOW_DATA ? "data" : "influence");
		dump_who(&inner, "from", &claim->from);
		dump_who(&inner, "to", &claim->to);
	}
	dump_set(&inner, "through", claim->through);
	dump_string(&inner, "because", claim->because);
}

static void
dump_steps(const struct dump *d, const struct ast_step *s)
{
	struct dump inner = dump_inner(d);

	for (; s != NULL; s = s->next) {
		dump_line(d, "step %s", step_words[s->kind]);
		if (s->reason.text != NULL) {
			dump_line(&inner, "reason %s", s->reason.text);
		}
		if (s->kind == AST_STEP_GRANT || s->kind == AST_STEP_DENY) {
			dump_line(&inner, "moment %s", moment_words[s->moment]);
			dump_event(&inner, &s->event);
		} else if (s->kind == AST_STEP_RESTART) {
			dump_line(&inner, "instance %s", s->instance.text);
		} else if (s->kind == AST_STEP_DROP) {
			dump_line(&inner, "instance %s", s->instance.text);
			dump_line(&inner, "label %s", s->label.text);
			dump_number(&inner, "number", &s->number);
		} else {
			dump_number(&inner, "number", &s->number);
		}
		dump_steps(&inner, s->steps);
	}
}

void
dump_test(const struct dump *d, const struct ast_test *test)
{
	struct dump inner = dump_inner(d);

	dump_string(d, "test", &test->name);
	dump_steps(&inner, test->steps);
}
