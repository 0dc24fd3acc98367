/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_dump_expr.h: expressions, values and types as indented text. */
#ifndef GATE_AST_DUMP_EXPR_H
#define GATE_AST_DUMP_EXPR_H

#include <stdio.h>

struct ast_expr;
struct ast_ident;
struct ast_number;
struct ast_param;
struct ast_qname;
struct ast_string;
struct ast_type;
struct ast_value;

/* Where a dump stands. */
struct dump {
	FILE *out;
	int depth; /* of indentation */
};

/* Prints an indented line; format as in printf. */
void dump_line(const struct dump *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Returns d one level deeper. */
struct dump dump_inner(const struct dump *d);

/* Each prints one part, or a list of them, under a line that says what it is. */
void dump_number(const struct dump *d, const char *what, const struct ast_number *number);
void dump_string(const struct dump *d, const char *what, const struct ast_string *string);
void dump_idents(const struct dump *d, const char *what, const struct ast_ident *first);
void dump_qnames(const struct dump *d, const char *what, const struct ast_qname *first);
void dump_values(const struct dump *d, const char *what, const struct ast_value *first);
void dump_type(const struct dump *d, const char *what, const struct ast_type *type);
void dump_params(const struct dump *d, const char *what, const struct ast_param *first);
void dump_exprs(const struct dump *d, const char *what, const struct ast_expr *first);

#endif
