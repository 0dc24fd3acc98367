/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_rule.h: rules, and the parts of them that claims use too. */
#ifndef GATE_PARSE_RULE_H
#define GATE_PARSE_RULE_H

#include "lex.h"

struct ast_guard;
struct ast_rule;
struct ast_string;
struct parser;

/* Reads rule. Requires: parse_sees_rule. */
struct ast_rule *parse_rule(struct parser *p);

/* Returns whether a rule begins with the token that is seen. */
bool parse_sees_rule(const struct parser *p);

/* Reads "{" {rule} "}". */
struct ast_rule *parse_rule_block(struct parser *p);

/* Reads ["when" expr | "unless" expr]. layout: of its first word. */
struct ast_guard parse_guard(struct parser *p, enum layout layout);

/* Reads [word STRING], such as because. NULL if the word is not seen. */
struct ast_string *parse_optional_text(struct parser *p, enum token_kind word, const char *what);

#endif
