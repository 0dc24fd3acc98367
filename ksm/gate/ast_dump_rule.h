/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_dump_rule.h: rules, claims and tests as indented text. */
#ifndef GATE_AST_DUMP_RULE_H
#define GATE_AST_DUMP_RULE_H

#include "ast_dump_expr.h"

struct ast_claim;
struct ast_rule;
struct ast_test;
struct ast_who;

/* Each prints one part under a line that says what it is. */
void dump_rules(const struct dump *d, const char *what, const struct ast_rule *first);
void dump_claim(const struct dump *d, const struct ast_claim *claim);
void dump_test(const struct dump *d, const struct ast_test *test);
void dump_who(const struct dump *d, const char *what, const struct ast_who *who);

#endif
