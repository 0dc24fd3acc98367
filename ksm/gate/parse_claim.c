/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_claim.c: reads claims and tests. */
#include "parse_claim.h"

#include "ast_rule.h"
#include "parse_event.h"
#include "parse_name.h"
#include "parse_rule.h"
#include "parser.h"

/* "only" "through" set1 */
static struct ast_set *
claim_through(struct parser *p)
{
	struct ast_set *set = parser_alloc(p, sizeof(*set));

	parser_mark(p, LAYOUT_BREAK);
	(void)parser_expect(p, TOKEN_ONLY, "`only through`, or `prove no`",
		"`prove no data A -> B` or `prove data A -> B only through C`");
	(void)parser_expect(p, TOKEN_THROUGH, NULL, NULL);
	*set = parse_set(p);
	return set;
}

/* "prove" ["no"] ("data"|"influence") who "->" who ["only" "through" set1] */
static void
claim_prove(struct parser *p, struct ast_claim *claim)
{
	static const char *const words[] = {"data", "influence", "no"};

	claim->kind = parser_accept(p, TOKEN_NO) ? AST_CLAIM_PROVE_NO : AST_CLAIM_PROVE_ONLY;
	if (parser_accept(p, TOKEN_INFLUENCE)) {
		claim->flow = AST_FLOW_INFLUENCE;
	} else if (!parser_accept(p, TOKEN_DATA)) {
		parser_error_word(
			p, "`data` or `influence`", words, sizeof(words) / sizeof(words[0]));
	}
	claim->from = parse_who(p);
	(void)parser_expect(p, TOKEN_ARROW, "`->`", NULL);
	claim->to = parse_who(p);
	if (claim->kind == AST_CLAIM_PROVE_ONLY) {
		claim->through = claim_through(p);
	} else if (parser_sees(p, TOKEN_ONLY)) {
		parser_error(p, parser_peek(p)->span, NULL,
			"write `prove data A -> B only through C`, without `no`",
			"`prove no` has no `only through`");
	}
}

/* "enforce" qname ("upward"|"downward") ["only" "through" set1] */
static void
claim_enforce(struct parser *p, struct ast_claim *claim)
{
	static const char *const words[] = {"upward", "downward"};

	claim->kind = AST_CLAIM_ENFORCE;
	claim->level = parse_qname(p, "the name of a level");
	claim->upward = parser_accept(p, TOKEN_UPWARD);
	if (!claim->upward && !parser_accept(p, TOKEN_DOWNWARD)) {
		parser_error_word(
			p, "`upward` or `downward`", words, sizeof(words) / sizeof(words[0]));
	}
	if (parser_sees(p, TOKEN_ONLY)) {
		claim->through = claim_through(p);
	}
}

/* claim = "never" event [guard] ["because" STRING] | prove ["because" STRING]
 *         | enforce ["because" STRING] */
struct ast_claim *
parse_claim(struct parser *p)
{
	struct ast_claim *claim = parser_alloc(p, sizeof(*claim));

	claim->span = parser_peek(p)->span;
	p->clause = "G26";
	if (parser_accept(p, TOKEN_NEVER)) {
		claim->kind = AST_CLAIM_NEVER;
		claim->event = parse_event(p);
		claim->guard = parse_guard(p, LAYOUT_CLAUSE);
	} else if (parser_accept(p, TOKEN_PROVE)) {
		claim_prove(p, claim);
	} else {
		(void)parser_expect(p, TOKEN_ENFORCE, NULL, NULL);
		claim_enforce(p, claim);
	}
	claim->because = parse_optional_text(p, TOKEN_BECAUSE, "the reason, a text");
	claim->span = parser_span_from(p, claim->span);
	return claim;
}

static struct ast_step *steps(struct parser *p);

/* "deny" ["because" word] ["reply"|"error"] event */
static void
step_deny(struct parser *p, struct ast_step *step)
{
	step->kind = AST_STEP_DENY;
	if (parser_accept(p, TOKEN_BECAUSE)) {
		if (parser_sees(p, TOKEN_STRING)) {
			parser_error_expected(p, "a reason such as `guard` or `full`",
				"a reason is one word, not a text");
		}
		step->reason = parse_any_word(p, "a reason such as `guard` or `full`");
	}
	step->moment = parse_moment(p);
	step->event = parse_test_event(p);
}

/* "drop" qname ":" qname ["[" INT "]"] */
static void
step_drop(struct parser *p, struct ast_step *step)
{
	step->kind = AST_STEP_DROP;
	step->instance = parse_qname(p, "an instance");
	parser_mark(p, LAYOUT_WIDE);
	(void)parser_expect(p, TOKEN_COLON, "`:` and a label", "write `drop app : LogFile[2]`");
	step->label = parse_qname(p, "a label");
	if (parser_accept(p, TOKEN_LBRACKET)) {
		step->number = parse_int(p, "a number");
		(void)parser_expect(p, TOKEN_RBRACKET, "`]`", NULL);
	}
}

/* step = "grant" ["reply"|"error"] event | deny | "wait" TIME | "restart" qname
 *        | "drop" qname ":" qname ["[" INT "]"] | INT "times" "{" {step} "}" */
static struct ast_step *
step(struct parser *p)
{
	static const char *const words[] = {"grant", "deny", "wait", "restart", "drop"};
	struct ast_step *s = parser_alloc(p, sizeof(*s));

	s->span = parser_peek(p)->span;
	parser_mark(p, LAYOUT_ITEM);
	if (parser_accept(p, TOKEN_GRANT)) {
		s->kind = AST_STEP_GRANT;
		s->moment = parse_moment(p);
		s->event = parse_test_event(p);
	} else if (parser_accept(p, TOKEN_DENY)) {
		step_deny(p, s);
	} else if (parser_accept(p, TOKEN_WAIT)) {
		s->kind = AST_STEP_WAIT;
		s->number = parse_time(p, "a time");
	} else if (parser_accept(p, TOKEN_RESTART)) {
		s->kind = AST_STEP_RESTART;
		s->instance = parse_qname(p, "an instance");
	} else if (parser_accept(p, TOKEN_DROP)) {
		step_drop(p, s);
	} else if (parser_sees(p, TOKEN_INT)) {
		s->kind = AST_STEP_TIMES;
		s->number = parse_int(p, "a number");
		(void)parser_expect(p, TOKEN_TIMES, "`times` and steps", NULL);
		if (parser_enter(p)) {
			s->steps = steps(p);
			parser_leave(p);
		}
	} else {
		parser_error_word(p, "a step (grant, deny, wait, restart, drop, N times)", words,
			sizeof(words) / sizeof(words[0]));
	}
	s->span = parser_span_from(p, s->span);
	return s;
}

/* "{" {step} "}" */
static struct ast_step *
steps(struct parser *p)
{
	struct span outer;
	struct ast_step *first = NULL;
	struct ast_step **place = &first;

	outer = parser_block_begin(p, "`{` and steps");
	while (parser_goes_on(p, TOKEN_RBRACE)) {
		*place = step(p);
		place = &(*place)->next;
	}
	parser_block_end(p, NULL, outer);
	return first;
}

/* test = "test" STRING "{" {step} "}" */
struct ast_test *
parse_test(struct parser *p)
{
	struct ast_test *test = parser_alloc(p, sizeof(*test));

	p->clause = "G27";
	test->span = parser_peek(p)->span;
	(void)parser_expect(p, TOKEN_TEST, NULL, NULL);
	test->name = parse_string(p, "the name of the test, a text");
	test->steps = steps(p);
	test->span = parser_span_from(p, test->span);
	return test;
}
