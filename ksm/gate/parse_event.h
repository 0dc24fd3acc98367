/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_event.h: who sends which message to whom. */
#ifndef GATE_PARSE_EVENT_H
#define GATE_PARSE_EVENT_H

#include "ast_moment.h"

struct ast_event;
struct ast_set;
struct ast_who;
struct parser;

/* Reads set1: "any" | "any!" | qname | "{" qname {"," qname} "}". */
struct ast_set parse_set(struct parser *p);

/* Reads who: set1 ["except" set1]. */
struct ast_who parse_who(struct parser *p);

/* Reads event. */
struct ast_event parse_event(struct parser *p);

/* Reads the event of a test step: one name on each side of `->`. */
struct ast_event parse_test_event(struct parser *p);

/* Reads ["reply" | "error"]; neither is CALL. */
enum ast_moment parse_moment(struct parser *p);

#endif
