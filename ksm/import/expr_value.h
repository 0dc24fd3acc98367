/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_value.h: expressions of PSL as conditions. */
#ifndef IMPORT_EXPR_VALUE_H
#define IMPORT_EXPR_VALUE_H

#include <stdbool.h>
#include <stdint.h>

struct cond;
struct event;
struct judge;
struct psl_expr;
struct world_class;

/* Returns when e is true for a message of that event. */
const struct cond *expr_truth(struct judge *l, const struct event *event, const struct psl_expr *e);

/* Returns when e equals the label of a case. */
const struct cond *expr_equals(struct judge *l, const struct event *event, const struct psl_expr *e,
	const struct psl_expr *label);

/*
 * Whether e is a rule of an object of Base: x.grant (), x.assert (E), x.deny (E). *when: when it
 * grants.
 */
bool expr_base(struct judge *l, const struct event *event, const struct psl_expr *e,
	const struct cond **when);

/* Returns the class whose SID e is, or NULL. */
const struct world_class *expr_sid(const struct event *event, const struct psl_expr *e);

/* Returns whether e is a number that stands fast, and the number. */
bool expr_number(
	struct judge *l, const struct event *event, const struct psl_expr *e, int64_t *number);

#endif
