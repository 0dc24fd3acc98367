/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_name.h: names, numbers and texts, the parts that hold no other parts. */
#ifndef GATE_PARSE_NAME_H
#define GATE_PARSE_NAME_H

#include <stdbool.h>

struct ast_ident;
struct ast_number;
struct ast_qname;
struct ast_string;
struct parser;

/* In all of these: what names the part for the sentence "expected WHAT, found ...". */

/* Reads id. A word of the language there is an error that says so. */
struct ast_ident parse_ident(struct parser *p, const char *what);

/* Reads any word, a word of the language too: where no other thing can stand. */
struct ast_ident parse_any_word(struct parser *p, const char *what);

/* Reads names: id {"," id}. */
struct ast_ident *parse_idents(struct parser *p, const char *what);

/* Reads qname: id {"." id}. */
struct ast_qname parse_qname(struct parser *p, const char *what);

/* Reads qname {"," qname}. */
struct ast_qname *parse_qnames(struct parser *p, const char *what);

/* Reads a number without a unit, with one of size, with one of time. */
struct ast_number parse_int(struct parser *p, const char *what);
struct ast_number parse_size(struct parser *p, const char *what);
struct ast_number parse_time(struct parser *p, const char *what);

/* Reads num: ["-"] INT | SIZE | TIME. */
struct ast_number parse_num(struct parser *p, const char *what);

/* Returns whether num may begin with the token that is seen. */
bool parse_sees_num(const struct parser *p);

/* Reads a text in quotes. */
struct ast_string parse_string(struct parser *p, const char *what);

/* Returns a copy that lives as long as the tree. */
struct ast_number *parse_box_number(struct parser *p, struct ast_number number);

#endif
