/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_expr.h: conditions and sums. */
#ifndef GATE_PARSE_EXPR_H
#define GATE_PARSE_EXPR_H

struct ast_expr;
struct parser;

/* Reads expr. */
struct ast_expr *parse_expr(struct parser *p);

/* Reads expr {"," expr}. */
struct ast_expr *parse_exprs(struct parser *p);

/* Reads sum: the level below comparisons. */
struct ast_expr *parse_sum(struct parser *p);

/* Reads ref: qname ["[" sum "]"]. what: for the sentence "expected WHAT, found ...". */
struct ast_expr *parse_ref(struct parser *p, const char *what);

#endif
