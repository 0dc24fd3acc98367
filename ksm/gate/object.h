/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* object.h: what a policy remembers: declared objects, and their states by key [O1 to O4]. */
#ifndef GATE_OBJECT_H
#define GATE_OBJECT_H

#include "ast_kind.h"
#include "l1_interface.h"
#include "l1_state.h"
#include "source.h"
#include "vector.h"

struct ast_expr;
struct ast_object;
struct ast_qname;
struct expr_context;
struct instance_info;
struct l1_condition;
struct sema;
struct symbol;
struct unit;

struct object_info {
	struct l1_object l1;
	const struct symbol *symbol;
	struct l1_field type;  /* of a set's values */
	struct vector states;  /* struct l1_state *, one for each key */
	struct vector members; /* struct l1_field *, one for each field whose value is looked up */
	struct vector indexed; /* struct l1_field *, tests of the cell that a field names */
	struct object_info *next;
};

/* The key of the event at hand: which state of an object is meant. */
struct object_key {
	uint16_t holder, target, interface; /* interface 0: there is no event, so no state */
	uint16_t resource; /* label of the receiver, if it is not the target's own; else 0 */
	const struct instance_info *server; /* whose labels may be meant, or NULL */
	bool is_ask;                        /* nobody sent it, so there is no number */
};

/* Says in L1 which values a set has by its type. Of a process: once more when it has names. */
void object_type_settle(struct object_info *object);

/* The key of an event at these labels; server: the instance that receives it, or NULL. */
struct object_key object_key_of(const struct instance_info *server, uint16_t holder,
	uint16_t target, uint16_t interface, bool is_ask);

/* Reads what stands behind `per`. */
void object_key_read(const struct ast_object *ast, struct l1_object *out);

/* Types every object of every unit. */
void objects_declare(struct sema *s);

/* Returns the object of that name, or NULL; says nothing. */
struct object_info *object_find(const struct unit *unit, const struct ast_qname *name);

/* Returns the object that stands there, or NULL after an error: there is none, or (kinds: a bit
 * for each enum l1_object_kind) it is of another kind; `wanted` says which in words. */
struct object_info *object_get(struct sema *s, const struct unit *unit,
	const struct ast_qname *name, uint32_t kinds, const char *wanted);

/*
 * Finds which cell a reference means: of an object that is kept for each of a label that of the
 * capability (index NULL) or of a field. Returns false after an error: this event has none.
 */
bool object_cell(const struct expr_context *x, const struct ast_expr *ref,
	const struct object_info *object, const struct l1_field **index);

/*
 * Looks at every handle that is an index: the condition must say that it has the label for which
 * the object is kept. Returns false after an error.
 */
bool object_handles(const struct expr_context *x, struct span at,
	const struct l1_condition *condition, const struct l1_effect *effects, uint32_t count);

/* Returns what the object keeps for that key. Requires: object_cell found it. */
struct l1_state *object_state(struct sema *s, struct object_info *object, struct object_key key);

/* Returns how tests see it, or the cell of it that a field names (else NULL). */
const struct l1_field *object_field(struct sema *s, struct object_info *object,
	struct object_key key, const struct l1_field *index);

/* Returns the test whether the set has the value of field, as a field of kind bool. */
const struct l1_field *object_member(struct sema *s, struct object_info *object,
	struct object_key key, const struct l1_field *index, const struct l1_field *field);

/* Returns the number of a machine's state, or -1 after an error. */
int64_t object_state_number(
	struct sema *s, const struct object_info *object, const char *name, struct span at);

/* The state is one of those that L1 keeps. */
void object_use(struct sema *s, const struct l1_state *state);

/* Numbers the states that cells and passages use, and gives them to L1. */
void objects_number(struct sema *s);

/* Reports objects that nothing changes, and states that nothing enters [O4, S24]. */
void objects_check(struct sema *s);

#endif
