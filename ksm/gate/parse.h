/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse.h: from a source to its tree. */
#ifndef GATE_PARSE_H
#define GATE_PARSE_H

struct ast_file;
struct compile;
struct lex;
struct source;

/* How deep expressions, types, tuples and `times` may nest. */
#define PARSE_DEPTH_MAX 256u

/*
 * Reads all of a source. Returns the tree, never NULL; each item that breaks the grammar gives one
 * error and is left out of the tree.
 */
struct ast_file *parse_source(struct compile *c, const struct source *s);

/* The same on tokens that are there already; marks in them how fmt lays them out. */
struct ast_file *parse_tokens(struct compile *c, struct lex *tokens);

#endif
