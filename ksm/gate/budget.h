/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* budget.h: CPU time: what processes and instances say of it, and what follows for the system. */
#ifndef GATE_BUDGET_H
#define GATE_BUDGET_H

#include <stdint.h>
#include <stdio.h>

struct ast_number;
struct l1_budget;
struct l1_class;
struct sema;

/* Reads `budget AMOUNT per PERIOD`; leaves `budget` as it was if it is wrong [P12]. */
void budget_read(struct sema *s, const struct ast_number *amount, const struct ast_number *period,
	struct l1_budget *budget);
/* Reads the time of `reserve` or `cost`, called `what` in the error [P13]. */
void budget_time_read(
	struct sema *s, const struct ast_number *number, const char *what, uint64_t *time_ns);
/* A reserve covers the cost of a call, if both are said [P13]. */
void budget_class_check(struct sema *s, const struct l1_class *class, const struct ast_number *at);
/* Every server that works for a caller with a budget has a reserve [P13]; all budgets together are
 * no more than the CPU, or there is a warning [P12]. Requires wires. */
void budget_check(struct sema *s);

/* The bounds that follow, a line for each instance. Requires numbers of instances. */
void budget_print(struct sema *s, FILE *out);

#endif
