/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse.h: from a source to its tree. */
#ifndef GATE_PARSE_H
#define GATE_PARSE_H

#include "source.h"

struct ast_file;
struct ast_rule;
struct compile;
struct lex;

/* How deep expressions, types, tuples and `times` may nest. */
#define PARSE_DEPTH_MAX 256u

/*
 * Reads all of a source. Returns the tree, never NULL; each item that breaks the grammar gives one
 * error and is left out of the tree.
 */
struct ast_file *parse_source(struct compile *c, const struct source *s);

/* The same, but rules are checked only: those that follow each other are one item without a rule,
 * whose span parse_rules takes. */
struct ast_file *parse_source_briefly(struct compile *c, const struct source *s);

/* Reads the rules of such an item once more, and gives them away one by one; each is dead when
 * `take` returns. Requires: the file had no error. */
void parse_rules(struct compile *c, const struct source *s, struct span at,
	void (*take)(void *data, const struct ast_rule *rule), void *data);

/* The same on tokens that are there already; marks in them how fmt lays them out. */
struct ast_file *parse_tokens(struct compile *c, struct lex *tokens);

#endif
