/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* print.h: the policy as source of Gate. */
#ifndef IMPORT_PRINT_H
#define IMPORT_PRINT_H

#include <stdbool.h>

struct buffer;
struct arena;
struct cell_rule;
struct cells;
struct world_class;

/* Returns whether a class is in the system: it runs and has to do with somebody. */
bool print_is_there(const struct cells *c, const struct world_class *class);

/* Appends everything: types, interfaces, processes, system, objects, rules, tests. */
void print_policy(struct buffer *b, struct cells *c);

/* Appends interfaces, and the enumerations that they need. */
void print_interfaces(struct buffer *b, struct cells *c);

/* Appends the tests. What they expect and cannot be said is lost. */
void print_tests(struct buffer *b, struct cells *c);

/*
 * Appends, for other programs, which name of Gate stands for which of PSL, one a line:
 *	class NAME INSTANCE|-
 *	method CLASS ENDPOINT|* METHOD|* GATE-ENDPOINT GATE-METHOD INTERFACE COMPONENT|-
 *	field CLASS ENDPOINT|* METHOD in|out PATH GATE-FIELD LOW HIGH
 *	text CLASS ENDPOINT METHOD in|out PATH GATE-FIELD WORD TEXT, the word of other texts without
 *one
 */
void print_names(struct buffer *b, struct cells *c);

/* Returns where a rule is from, as it says it: because "security.psl:7". */
const char *print_sources(struct arena *a, const struct cells *c, const struct cell_rule *rule);

#endif
