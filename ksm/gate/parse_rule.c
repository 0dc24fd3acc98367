/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_rule.c: reads rules: the event, then its clauses in their one order. */
#include "parse_rule.h"

#include "ast_rule.h"
#include "parse_event.h"
#include "parse_expr.h"
#include "parse_name.h"
#include "parser.h"

static const char clause_order[] = "the order is: message, when or unless, then, reply, error, "
				   "call, abort, audit, because, until";

bool
parse_sees_rule(const struct parser *p)
{
	return parser_sees(p, TOKEN_DRAFT) || parser_sees(p, TOKEN_ALLOW) ||
	       parser_sees(p, TOKEN_FORBID);
}

/* guard = ("when"|"unless") expr */
struct ast_guard
parse_guard(struct parser *p, enum layout layout)
{
	struct ast_guard guard = {.span = parser_peek(p)->span};

	if (parser_sees(p, TOKEN_WHEN)) {
		guard.kind = AST_GUARD_WHEN;
	} else if (parser_sees(p, TOKEN_UNLESS)) {
		guard.kind = AST_GUARD_UNLESS;
	} else {
		return guard;
	}
	parser_mark(p, layout);
	(void)parser_take(p);
	guard.condition = parse_expr(p);
	guard.span = parser_span_from(p, guard.span);
	return guard;
}

struct ast_string *
parse_optional_text(struct parser *p, enum token_kind word, const char *what)
{
	struct ast_string *text;

	if (!parser_sees(p, word)) {
		return NULL;
	}
	parser_mark(p, LAYOUT_CLAUSE);
	(void)parser_take(p);
	text = parser_alloc(p, sizeof(*text));
	*text = parse_string(p, what);
	return text;
}

static bool
effect_kind(enum token_kind kind, enum ast_effect_kind *effect)
{
	static const struct {
		enum token_kind word;
		enum ast_effect_kind effect;
	} table[] = {
		{TOKEN_TAKE, AST_EFFECT_TAKE},
		{TOKEN_ADD, AST_EFFECT_ADD},
		{TOKEN_SUB, AST_EFFECT_SUB},
		{TOKEN_INSERT, AST_EFFECT_INSERT},
		{TOKEN_REMOVE, AST_EFFECT_REMOVE},
		{TOKEN_ENTER, AST_EFFECT_ENTER},
		{TOKEN_HOLD, AST_EFFECT_HOLD},
		{TOKEN_DROP, AST_EFFECT_DROP},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].word == kind) {
			*effect = table[i].effect;
			return true;
		}
	}
	return false;
}

/* effect = "take" ref [INT] | ("add"|"sub"|"insert"|"remove") ref sum | "enter" ref id
 *        | ("hold"|"drop") ref */
static struct ast_effect *
effect(struct parser *p)
{
	static const char *const words[] = {
		"take", "add", "sub", "insert", "remove", "enter", "hold", "drop"};
	struct ast_effect *e = parser_alloc(p, sizeof(*e));

	p->clause = "G24";
	e->span = parser_peek(p)->span;
	if (!effect_kind((enum token_kind)parser_peek(p)->kind, &e->kind)) {
		parser_error_word(p,
			"an effect (take, add, sub, insert, remove, enter, hold, drop)", words,
			sizeof(words) / sizeof(words[0]));
		return e;
	}
	(void)parser_take(p);
	e->target = parse_ref(p, "the object of the effect");
	switch (e->kind) {
	case AST_EFFECT_TAKE:
		if (parser_sees(p, TOKEN_INT)) {
			e->amount = parse_box_number(p, parse_int(p, "how many"));
		}
		break;
	case AST_EFFECT_ENTER:
		e->state = parse_ident(p, "the state to enter");
		break;
	case AST_EFFECT_HOLD:
	case AST_EFFECT_DROP:
		break;
	default:
		e->operand = parse_sum(p);
		break;
	}
	e->span = parser_span_from(p, e->span);
	return e;
}

/* ["then" effect {"," effect}] */
static struct ast_effect *
then_effects(struct parser *p, enum layout layout)
{
	struct ast_effect *first = NULL;
	struct ast_effect **place = &first;

	if (!parser_sees(p, TOKEN_THEN)) {
		return NULL;
	}
	parser_mark(p, layout);
	(void)parser_take(p);
	do {
		*place = effect(p);
		place = &(*place)->next;
	} while (parser_accept(p, TOKEN_COMMA));
	return first;
}

/* "none" | [guard] ["then" effects], of which something must be there */
static void
tail_answer(struct parser *p, struct ast_tail *t)
{
	t->none = parser_accept(p, TOKEN_NONE);
	if (t->none) {
		return;
	}
	t->guard = parse_guard(p, LAYOUT_BREAK);
	t->effects = then_effects(p, LAYOUT_BREAK);
	if (t->guard.kind == AST_GUARD_NONE && t->effects == NULL) {
		parser_error_expected(p, "`none`, `when`, `unless` or `then`",
			"leave the word out to allow every answer");
	}
}

/* tail = ("reply"|"error") answer | ("call"|"abort") "then" effects */
static struct ast_tail *
tail(struct parser *p)
{
	struct ast_tail *t = parser_alloc(p, sizeof(*t));

	p->clause = "G24";
	t->span = parser_peek(p)->span;
	parser_mark(p, LAYOUT_CLAUSE);
	switch ((enum token_kind)parser_take(p)->kind) {
	case TOKEN_REPLY:
		t->moment = AST_MOMENT_REPLY;
		tail_answer(p, t);
		break;
	case TOKEN_ERROR:
		t->moment = AST_MOMENT_ERROR;
		tail_answer(p, t);
		break;
	default:
		t->moment = parser_last(p)->kind == TOKEN_CALL ? AST_MOMENT_CALL : AST_MOMENT_ABORT;
		if (!parser_sees(p, TOKEN_THEN)) {
			parser_error_expected(p, "`then` and an effect", NULL);
		}
		t->effects = then_effects(p, LAYOUT_PLAIN);
		break;
	}
	t->span = parser_span_from(p, t->span);
	return t;
}

static bool
sees_tail(const struct parser *p)
{
	return parser_sees(p, TOKEN_REPLY) || parser_sees(p, TOKEN_ERROR) ||
	       parser_sees(p, TOKEN_CALL) || parser_sees(p, TOKEN_ABORT);
}

/* audit = "granted" | "never" | "must" | "first" "per" TIME */
static struct ast_audit
audit(struct parser *p)
{
	static const char *const words[] = {"granted", "never", "must", "first"};
	struct ast_audit a = {.span = parser_peek(p)->span};

	if (!parser_sees(p, TOKEN_AUDIT)) {
		return a;
	}
	parser_mark(p, LAYOUT_CLAUSE);
	(void)parser_take(p);
	if (parser_accept(p, TOKEN_GRANTED)) {
		a.kind = AST_AUDIT_GRANTED;
	} else if (parser_accept(p, TOKEN_NEVER)) {
		a.kind = AST_AUDIT_NEVER;
	} else if (parser_accept(p, TOKEN_MUST)) {
		a.kind = AST_AUDIT_MUST;
	} else if (parser_accept(p, TOKEN_FIRST)) {
		a.kind = AST_AUDIT_FIRST;
		(void)parser_expect(p, TOKEN_PER, "`per` and a time", NULL);
		a.period = parse_time(p, "a time");
	} else {
		parser_error_word(p, "`granted`, `never`, `must` or `first`", words,
			sizeof(words) / sizeof(words[0]));
	}
	a.span = parser_span_from(p, a.span);
	return a;
}

/* A clause behind the last one is one too early, too late or twice. */
static void
rule_end(struct parser *p)
{
	const struct token *t = parser_peek(p);

	switch ((enum token_kind)t->kind) {
	case TOKEN_WHEN:
	case TOKEN_UNLESS:
	case TOKEN_THEN:
	case TOKEN_REPLY:
	case TOKEN_ERROR:
	case TOKEN_CALL:
	case TOKEN_ABORT:
	case TOKEN_AUDIT:
	case TOKEN_BECAUSE:
	case TOKEN_UNTIL:
		parser_error(p, t->span, NULL, clause_order, "%s cannot stand here in a rule",
			token_kind_text((enum token_kind)t->kind));
		break;
	default:
		break;
	}
}

/* rule = ["draft"] ("allow"|"forbid") ["reply"|"error"] event [guard] ["then" effects] {tail}
 *        ["audit" audit] ["because" STRING] ["until" STRING] */
struct ast_rule *
parse_rule(struct parser *p)
{
	struct ast_rule *rule = parser_alloc(p, sizeof(*rule));
	struct ast_tail **place = &rule->tails;

	p->clause = "G22";
	rule->span = parser_peek(p)->span;
	parser_mark(p, LAYOUT_ITEM);
	rule->draft = parser_accept(p, TOKEN_DRAFT);
	rule->verb_span = parser_peek(p)->span;
	if (parser_accept(p, TOKEN_FORBID)) {
		rule->verb = AST_VERB_FORBID;
	} else {
		rule->verb = AST_VERB_ALLOW;
		(void)parser_expect(p, TOKEN_ALLOW, "`allow` or `forbid`", NULL);
	}
	rule->moment = parse_moment(p);
	rule->event = parse_event(p);
	rule->guard = parse_guard(p, LAYOUT_CLAUSE);
	rule->effects = then_effects(p, LAYOUT_CLAUSE);
	while (sees_tail(p)) {
		*place = tail(p);
		place = &(*place)->next;
	}
	p->clause = "G22";
	rule->audit = audit(p);
	rule->because = parse_optional_text(p, TOKEN_BECAUSE, "the reason, a text");
	rule->until = parse_optional_text(p, TOKEN_UNTIL, "a date, a text");
	rule->span = parser_span_from(p, rule->span);
	rule_end(p);
	return rule;
}

/* "{" {rule} "}" */
struct ast_rule *
parse_rule_block(struct parser *p)
{
	struct span outer;
	struct ast_rule *first = NULL;
	struct ast_rule **place = &first;
	const char *clause = p->clause;

	outer = parser_block_begin(p, "`{` and rules");
	while (parse_sees_rule(p)) {
		*place = parse_rule(p);
		place = &(*place)->next;
	}
	p->clause = clause;
	parser_block_end(p, "`allow`, `forbid` or `}`", outer);
	return first;
}
