/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* generated_cell.h: the words in which generated rules are made [R11]. */
#ifndef GATE_GENERATED_CELL_H
#define GATE_GENERATED_CELL_H

#include <stdint.h>

#include "l1.h"

struct sema;
struct vector;

/* A method of a kernel interface, or NULL: a kernel.core without it. */
const struct l1_method *generated_method(const struct sema *s, uint32_t id, const char *name);

/* Begins a rule that people read as `text`. Returns its number for what follows; 0: too many. */
uint32_t generated_begin(struct sema *s, const char *text, struct l1_position position);

/* The rule allows this call; condition NULL: always. */
void generated_cell(struct sema *s, uint32_t rule, uint16_t holder, uint16_t target,
	uint32_t interface, const struct l1_method *method, struct l1_condition *condition);

/* The same, always, by the method's name. */
void generated_named(struct sema *s, uint32_t rule, uint16_t holder, uint16_t target,
	uint32_t interface, const char *method);

/* The rule allows every call of the interface but `except`, which may be NULL. */
void generated_all(struct sema *s, uint32_t rule, uint16_t holder, uint16_t target,
	uint32_t interface, const struct l1_method *except);

/* Returns the condition that a field of the call lies in low..high; a kernel.core without the
 * method or the field is an error. */
struct l1_condition *generated_field(struct sema *s, const struct l1_method *method,
	const char *name, int64_t low, int64_t high);

/* Appends where the allows of calls to process objects stand that somebody wrote (uint32_t, indexes
 * in s->cells). */
void generated_collect(struct sema *s, struct vector *written);

/*
 * Returns whether one of them stands at this method of Process; so the generated rule does not
 * [R21]. with: what must hold there beside what it says, or NULL.
 */
bool generated_written(struct sema *s, const struct vector *written, uint16_t holder,
	uint16_t target, const char *method, struct l1_condition *with);

#endif
