/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_part.h: what the files that lower expressions know of each other. */
#ifndef IMPORT_EXPR_PART_H
#define IMPORT_EXPR_PART_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct cond;
struct event;
struct form;
struct judge;
struct model;
struct psl_expr;
struct world_field;

enum value_kind {
	VALUE_LOST, /* it cannot be said; that is recorded */
	VALUE_NUMBER,
	VALUE_TEXT,
	VALUE_TRUTH,
	VALUE_SUBJECT, /* a number or truth field */
	VALUE_SUM,     /* of fields and numbers */
	VALUE_BITS,    /* of a field: `keep` has those that are its own, `flip` turns them round */
	VALUE_TEXT_FIELD,
	VALUE_LENGTH, /* how many elements a field has */
	VALUE_STATE,
	VALUE_CELL, /* of a map that changes: `machine` stands for the key */
};

struct value {
	enum value_kind kind;
	int64_t number;
	bool is_hex; /* it is written with 0x */
	const char *text;
	const struct cond *truth;
	const struct form *form;
	int64_t keep;
	int64_t flip;
	struct world_field *field;
	struct model *machine;
};

struct arena *expr_arena(const struct judge *l);

/* Records why e cannot be said. */
struct value expr_lose(struct judge *l, const struct psl_expr *e, const char *why);

/* Returns the value of e; is_text says what a field of an unknown message is. */
struct value expr_value(
	struct judge *l, const struct event *event, const struct psl_expr *e, bool is_text);

/* Returns the field that message.a.b is in the request, the response; NULL after a record. */
struct world_field *expr_field(
	struct judge *l, const struct event *event, const struct psl_expr *e, bool is_text);

/* expr_call.c: object.function argument. */
struct value expr_call(struct judge *l, const struct event *event, const struct psl_expr *e);

/* Returns when the whole text of a field matches a pattern. */
const struct cond *expr_pattern(
	struct judge *l, const struct psl_expr *pattern, const struct value *field);

/* expr_math.c: a OPERATOR b; math.sum [..] and the like; a is OPERATOR b, in C's spelling. */
struct value value_sum(
	struct judge *l, const struct psl_expr *e, struct value a, char operator, struct value b);
struct value expr_math(
	struct judge *l, const struct event *event, const struct psl_expr *e, const char *function);
const struct cond *expr_compare(struct judge *l, const struct psl_expr *e, const struct value *a,
	const char *operator, const struct value * b);

#endif
