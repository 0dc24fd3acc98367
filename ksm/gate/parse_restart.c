/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_restart.c: reads when a process or a group is started again, and what if that is no help.
 */
#include "parse_restart.h"

#include "ast_process.h"
#include "parse_name.h"
#include "parser.h"

/* TIME [".." TIME] */
static void
after(struct parser *p, struct ast_restart *restart)
{
	restart->after_low = parse_box_number(p, parse_time(p, "a time"));
	restart->after_high = restart->after_low;
	if (parser_accept(p, TOKEN_DOTS)) {
		restart->after_high = parse_box_number(p, parse_time(p, "a time"));
	}
}

/* "stop" | "reset" | "safe" qname | qname */
static void
step(struct parser *p, struct ast_restart *restart)
{
	if (parser_accept(p, TOKEN_RESET)) {
		restart->step = AST_ELSE_RESET;
	} else if (parser_accept(p, TOKEN_STOP)) {
		restart->step = AST_ELSE_STOP;
	} else {
		restart->step = parser_accept(p, TOKEN_SAFE) ? AST_ELSE_SAFE : AST_ELSE_GROUP;
		restart->group = parse_qname(
			p, restart->step == AST_ELSE_SAFE
				   ? "a group that stays"
				   : "`stop`, `reset`, `safe GROUP` or a group to restart");
	}
}

/* ["after" TIME [".." TIME]] ["at" "most" INT "per" TIME ["else" step]] */
static void
limits(struct parser *p, struct ast_restart *restart)
{
	if (parser_accept(p, TOKEN_AFTER)) {
		after(p, restart);
	}
	if (!parser_accept(p, TOKEN_AT)) {
		return;
	}
	(void)parser_expect(p, TOKEN_MOST, "`most`", "write `restart always at most 5 per 1min`");
	restart->number = parse_box_number(p, parse_int(p, "how often"));
	(void)parser_expect(p, TOKEN_PER, "`per` and a time", NULL);
	restart->period = parse_time(p, "a time");
	if (parser_accept(p, TOKEN_ELSE)) {
		step(p, restart);
	}
}

static struct ast_restart *
restart_begin(struct parser *p)
{
	struct ast_restart *restart = parser_alloc(p, sizeof(*restart));

	restart->span = parser_last(p)->span;
	return restart;
}

/* restart = "restart" ("never" | ("always" | "on" "failure") limits) */
struct ast_restart *
parse_restart(struct parser *p)
{
	static const char *const words[] = {"never", "always", "on failure"};
	struct ast_restart *restart = restart_begin(p);

	if (parser_accept(p, TOKEN_NEVER)) {
		restart->span = parser_span_from(p, restart->span);
		return restart;
	}
	restart->mode = AST_RESTART_ALWAYS;
	if (parser_accept(p, TOKEN_ON)) {
		restart->mode = AST_RESTART_FAILURE;
		(void)parser_expect(p, TOKEN_FAILURE, "`failure`", "write `restart on failure`");
	} else if (!parser_accept(p, TOKEN_ALWAYS)) {
		parser_error_word(p, "`always`, `on failure` or `never`", words,
			sizeof(words) / sizeof(words[0]));
		return restart;
	}
	limits(p, restart);
	restart->span = parser_span_from(p, restart->span);
	return restart;
}

/* grestart = "restart" limits */
struct ast_restart *
parse_restart_group(struct parser *p)
{
	struct ast_restart *restart = restart_begin(p);

	restart->mode = AST_RESTART_ALWAYS;
	limits(p, restart);
	restart->span = parser_span_from(p, restart->span);
	return restart;
}
