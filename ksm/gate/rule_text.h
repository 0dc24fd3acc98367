/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* rule_text.h: a rule of the source as one line for people. */
#ifndef GATE_RULE_TEXT_H
#define GATE_RULE_TEXT_H

#include <stdbool.h>

#include "source.h"

struct ast_rule;
struct compile;
struct l1_rule;
struct sema;

/* Returns a piece of the source in one line: without comments, blanks run together. */
const char *source_line(struct compile *c, struct span span);

/* Gives it the text of the rule without comments and without its `because`, blanks run together. */
void rule_text(struct compile *c, const struct ast_rule *rule, struct l1_rule *out);

/* Returns whether both have the same text. */
bool rule_text_same(const struct l1_rule *a, const struct l1_rule *b);

/* Gives it a text that stays where it is. */
void rule_text_set(struct l1_rule *rule, const char *text);

/* Gives it the text of the other with a remark behind it. */
void rule_text_add(
	struct compile *c, const struct l1_rule *other, const char *remark, struct l1_rule *out);

/* The newest rule was made by `apply`, which stands there: people see whose rule it is. */
void rule_text_applied(struct sema *s, struct span apply);

#endif
