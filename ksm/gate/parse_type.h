/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_type.h: values, types and parameters. */
#ifndef GATE_PARSE_TYPE_H
#define GATE_PARSE_TYPE_H

#include "lex.h"

struct ast_param;
struct ast_type;
struct ast_value;
struct parser;

/* Reads value: num [".." num] | STRING | true | false | qname | a set in { }. */
struct ast_value *parse_value(struct parser *p);

/* Reads valset: num ".." num | "{" item {"," item} "}". */
struct ast_value *parse_valset(struct parser *p);

/* Reads type. */
struct ast_type *parse_type(struct parser *p);

/* Reads params up to a token of the closing kind, which stays; NULL if there is none. */
struct ast_param *parse_params(struct parser *p, enum token_kind closing);

/* Reads "(" [params] ")". */
struct ast_param *parse_param_list(struct parser *p);

#endif
