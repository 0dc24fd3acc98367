/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* change.h: a change of a policy's text that is tried without writing it anywhere. */
#ifndef GATE_CHANGE_H
#define GATE_CHANGE_H

#include <stdbool.h>

#include "ast_expr.h"
#include "source.h"

struct sema;

#define CHANGES_MAX 2u

/* One item of the root file becomes another, or is new. */
struct change {
	const char *text;     /* the item as it is afterwards */
	struct span replaced; /* of the item before; length 0: there was none */
};

struct changes {
	struct change list[CHANGES_MAX];
	uint32_t count;
};

/* A sema_options.change: data is a struct changes. */
void changes_make(struct sema *s, void *data);

/*
 * Each of these returns the text of a changed item in the compilation of s, or NULL if that change
 * says nothing. tests: `a = 1, b = 2`; exact: `a = 1 and b = 2`, "" if the message has no fields.
 */
struct ast_item;
struct ast_rule;

/* The rule without its tests, for this message alone, from and to these alone. */
const char *change_exact_rule(struct sema *s, const struct ast_rule *rule, const char *event);
/* The rule as it is, and for this message whatever its tests say. */
const char *change_rule_or(struct sema *s, const struct ast_rule *rule, const char *exact);
/* The forbid, but for this message. */
const char *change_rule_except(struct sema *s, const struct ast_rule *rule, const char *exact);
/* The machine with one move more. */
const char *change_move(
	struct sema *s, const struct ast_item *machine, const char *from, const char *to);
/* The item with another number in it. */
const char *change_number(
	struct sema *s, const struct ast_item *item, struct span number, uint64_t value);

#endif
