/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* rule_text.h: a rule of the source as one line for people. */
#ifndef GATE_RULE_TEXT_H
#define GATE_RULE_TEXT_H

#include "source.h"

struct ast_rule;
struct compile;
struct sema;

/* Returns a piece of the source in one line: without comments, blanks run together. */
const char *source_line(struct compile *c, struct span span);

/* Returns the rule without comments and without its `because`, blanks run together. */
const char *rule_text(struct compile *c, const struct ast_rule *rule);

/* The newest rule was made by `apply`, which stands there: people see whose rule it is. */
void rule_text_applied(struct sema *s, struct span apply);

#endif
