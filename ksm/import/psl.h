/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* psl.h: the tree of a policy in PSL, and of its tests in PAL. */
#ifndef IMPORT_PSL_H
#define IMPORT_PSL_H

#include <stdbool.h>
#include <stdint.h>

#include "ksm/gate/source.h"
#include "ksm/gate/vector.h"

struct compile;

enum psl_event {
	PSL_EXECUTE,
	PSL_REQUEST,
	PSL_RESPONSE,
	PSL_ERROR,
	PSL_SECURITY,
};
#define PSL_EVENT_COUNT 5u

/* What a selector leaves open is NULL. */
struct psl_selector {
	const char *src;
	const char *dst;
	const char *component;
	const char *interface;
	const char *endpoint;
	const char *method;
	struct span src_at;
	struct span dst_at;
	struct span endpoint_at; /* of component, interface or endpoint */
	struct span method_at;
};

enum psl_expr_kind {
	PSL_INTEGER,
	PSL_TEXT,
	PSL_TRUTH,
	PSL_UNIT,   /* () */
	PSL_NAME,   /* message.a.b, src_sid, a constant of a model */
	PSL_LIST,   /* [a, b] */
	PSL_RECORD, /* {k: v} */
	PSL_CALL,   /* object.function argument */
	PSL_NOT,
	PSL_MINUS,
	PSL_INVERT, /* ~ */
	PSL_BINARY, /* text is the operator */
};

struct psl_expr {
	enum psl_expr_kind kind;
	struct span at;
	const char
		*text; /* a text, a name, an operator; of a member of a record its key is `key` */
	uint64_t number;
	const char *key;
	struct psl_expr *left; /* of PSL_CALL its argument; of PSL_LIST and PSL_RECORD the first */
	struct psl_expr *right;
	struct psl_expr *next; /* in a list or a record */
};

enum psl_item_kind {
	PSL_GRANT,
	PSL_DENY,
	PSL_ASSERT,
	PSL_RULE, /* object.rule {..}, in expr */
	PSL_MATCH,
	PSL_CHOICE,
};

/* One line of a body; of PSL_CHOICE `body` holds cases. */
struct psl_item {
	enum psl_item_kind kind;
	struct span at;
	struct psl_selector selector;
	struct psl_expr *expr;
	struct psl_item *body;
	struct psl_expr *label; /* of a case: a text or a number; NULL is `_` */
	struct psl_item *next;
};

struct psl_binding {
	enum psl_event event;
	struct span at;
	struct psl_selector selector;
	struct psl_item *body;
	struct psl_binding *next;
};

struct psl_object {
	const char *name;
	const char *model;
	struct span at;
	const char *value_type;  /* of `type Value`; NULL if there is none */
	struct psl_expr *config; /* NULL if there is none */
	struct psl_object *next;
};

/* A class of tasks that the policy names: `use EDL X`, `task class N : X`. */
struct psl_class {
	const char *name;
	const char *entity;
	struct span at;
	struct psl_class *next;
};

enum pal_want {
	PAL_GRANT,
	PAL_DENY,
	PAL_ANY,
};

struct pal_step {
	enum pal_want want;
	struct span at;
	const char *title;    /* NULL if there is none */
	const char *variable; /* of `x <- execute`; NULL if there is none */
	enum psl_event event;
	struct psl_selector selector; /* src and dst are variables or classes */
	struct psl_expr *values;      /* a record, or NULL */
	struct pal_step *next;
};

struct pal_test {
	const char *set;
	const char *name;
	struct span at;
	struct pal_step *setup;
	struct pal_step *steps;
	struct pal_step *finally;
	struct pal_test *next;
};

struct psl {
	struct compile *compile;
	struct psl_binding *bindings;
	struct psl_object *objects;
	struct psl_class *classes;
	struct pal_test *tests;
	struct vector uses; /* of struct psl_use: files that are still to be read */
	const char *audit;  /* profile that holds at start, NULL if none was named */
	uint64_t audit_level;
	uint32_t profile_count;
	struct psl_binding **bindings_end;
	struct psl_object **objects_end;
	struct psl_class **classes_end;
	struct pal_test **tests_end;
};

struct psl_use {
	const char *name; /* "a.b" of `use a.b._` */
	struct span at;
};

void psl_begin(struct psl *p, struct compile *c);

/* Adds what a file says. False after a report. */
bool psl_add(struct psl *p, const struct source *source);

/* Returns whether e is a number that is written with 0x. */
bool psl_is_hex(const struct psl_expr *e);

/* Returns the member of a record, or NULL: it has none of that name, or is none. */
const struct psl_expr *psl_member(const struct psl_expr *record, const char *key);

/* The word of an event: "request". */
const char *psl_event_name(enum psl_event event);

#endif
