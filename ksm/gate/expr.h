/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr.h: expressions of rules become conditions, typed by the message they test [R5 to R7, S9]. */
#ifndef GATE_EXPR_H
#define GATE_EXPR_H

#include <stdbool.h>
#include <stdint.h>

#include "object.h"
#include "source.h"
#include "vector.h"

struct ast_expr;
struct ast_qname;
struct instance_info;
struct l1_condition;
struct l1_field;
struct l1_message;
struct operand;
struct sema;
struct unit;

/* What tests of `share` call the handle that a message hands on [R21]. */
#define EXPR_WHAT "what"

/* What stands beside a test in the conjunctions that it is in, as it was written. */
struct expr_known {
	const struct ast_expr *members;
	bool is_list; /* with what follows the first */
	const struct expr_known *outer;
};

struct expr_context {
	struct sema *s;
	struct arena *arena; /* of the conditions that come of it, and of what leads to them */
	const struct unit *unit;
	const struct l1_message *message;
	const struct l1_field *what; /* of a share: nothing else of the message can be named */
	const char *endpoint_name;   /* of valve.set, for people: valve ... */
	const char *message_name;    /* ... and set; the first may be NULL */
	const struct instance_info *client; /* whose attributes are client.x; NULL: none */
	const struct instance_info *server;
	struct object_key key; /* of the event; interface 0: there is no event */
	const struct expr_known *known;
	bool warns; /* a test that always holds is worth a warning */
};

/* Returns `valve.set` or `set`, for a sentence. */
const char *expr_message_text(const struct expr_context *x);

/* Returns the condition in normal form, or NULL after an error. */
struct l1_condition *expr_condition(const struct expr_context *x, const struct ast_expr *expr);

/* The same for `machine is state`, `latch held`, `field in set`; the object is one of the policy.
 */
struct l1_condition *expr_is(const struct expr_context *x, const struct ast_expr *expr);
struct l1_condition *expr_held(const struct expr_context *x, const struct ast_expr *expr);
struct l1_condition *expr_in_set(const struct expr_context *x, const struct ast_expr *expr);

/* The same for `arg has NAME`, `pos has NAME`, `flags has NAME` [T18, T3]. */
struct l1_condition *expr_has(const struct expr_context *x, const struct ast_expr *expr);
/* Returns the field that says it, and which value says so; NULL after an error. */
const struct l1_field *expr_has_field(
	const struct expr_context *x, const struct ast_expr *expr, int64_t *value);

/* The same for `(field, field) in tuples`. */
struct l1_condition *expr_in_tuples(const struct expr_context *x, const struct ast_expr *expr);

/* The same for a comparison of which one side is a SUM [S9]. */
struct l1_condition *expr_sum(const struct expr_context *x, const struct ast_expr *expr,
	struct operand *left, struct operand *right);

/* Of an amount: its fields as one, or NULL: only its number is left. Returns false after an error.
 */
bool expr_sum_amount(const struct expr_context *x, const struct ast_expr *expr,
	const struct operand *operand, const struct l1_field **field);

/* The same for a sum before `in`. */
struct l1_condition *expr_sum_in(
	const struct expr_context *x, const struct ast_expr *expr, const struct operand *left);

/* A test that cannot hold is a mistake, one that always holds probably is [S8]: then NULL. */
struct l1_condition *expr_leaf(const struct expr_context *x, const struct ast_expr *expr,
	const struct l1_field *field, bool is_attribute, struct l1_condition *leaf);

/* A comparison of the field with a number, which stands on the left if it is turned. */
struct l1_condition *expr_against(const struct expr_context *x, const struct ast_expr *expr,
	const struct l1_field *field, bool is_turned, struct operand *number);

/* The same for tests of a text or a path: a comparison or `under` with a text, `in` a set. */
struct l1_condition *expr_text(const struct expr_context *x, const struct ast_expr *expr,
	const struct l1_field *tail, struct operand *text);
struct l1_condition *expr_text_in(
	const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *tail);
/* The same for an attribute that is a text. */
struct l1_condition *expr_attribute_in(
	const struct expr_context *x, const struct ast_expr *expr, const struct operand *attribute);

/* The test that a path is that one, or under it. */
struct l1_condition *expr_path_under(struct sema *s, const struct l1_field *tail, const char *path);

/* Returns the test that field is true. */
struct l1_condition *expr_is_one(
	const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *field);

enum operand_kind {
	OPERAND_FIELD,
	OPERAND_NUMBER,
	OPERAND_TEXT,
	OPERAND_NAME, /* of a constant or an enum's value: the other side tells its type */
	OPERAND_SUM,  /* fields of the message and perhaps a number */
};

struct operand {
	enum operand_kind kind;
	const struct l1_field *field; /* FIELD (perhaps a counter), and the type of an attribute's
					 value; else NULL */
	bool is_bool;                 /* NUMBER: true or false was written */
	bool is_attribute;            /* differs from instance to instance */
	bool is_known; /* false: an attribute without a value, when no system is there */
	bool is_big;   /* NUMBER: 2^63 or more; number has its 64 bits */
	int64_t number;
	struct vector terms; /* SUM: struct l1_term, as written; number is added to them */
	const char *text;
	const struct ast_expr *expr;
};

/* Reads one side of a comparison. Returns false after an error. */
bool operand_read(const struct expr_context *x, const struct ast_expr *expr, struct operand *out);

/* The same for client.x, server.x, who.x. Requires: two words, the first is somebody. */
bool operand_attribute(
	const struct expr_context *x, const struct ast_qname *name, struct operand *out);

/* Returns whether the word is client, server, a process or a group. */
bool operand_is_somebody(const struct expr_context *x, const char *word);

/* The test `client has x`. Requires: the first word is somebody. Returns NULL after an error. */
struct l1_condition *operand_has_attribute(
	const struct expr_context *x, const struct ast_expr *expr);

/* Returns the field of that name, or NULL after an error. */
const struct l1_field *operand_field(
	const struct expr_context *x, const char *name, struct span at);

/* The same for NAME, arg.NAME, and NAME.len of a lease, which is all that can be tested of it. */
const struct l1_field *operand_named(const struct expr_context *x, const struct ast_expr *ref);

/* The same for a part of a parameter: `pos.x`, `key[2]`, `rows[2].pos.x`. */
const struct l1_field *operand_part(const struct expr_context *x, const struct ast_expr *ref);

/* Returns how L1 calls what the reference names, without `arg.`, or NULL after an error. */
const char *operand_path(const struct expr_context *x, const struct ast_expr *ref);

/* Returns the field that is called so, or NULL; says nothing. */
const struct l1_field *operand_find(const struct expr_context *x, const char *name);

/* Returns whether the message has a parameter of that name. */
bool operand_is_param(const struct expr_context *x, const char *name);

/* Returns the handle of the message that the expression names, or NULL; says nothing. */
const struct l1_field *operand_handle(const struct expr_context *x, const struct ast_expr *expr);

/* Returns whether the condition lets only handles of that label through. Requires: field is one. */
bool expr_handle_is(
	const struct l1_condition *condition, const struct l1_field *field, uint16_t label);

/* Gives a NAME its number, typed by field. Returns false after an error. */
bool operand_settle(
	const struct expr_context *x, struct operand *operand, const struct l1_field *field);

#endif
