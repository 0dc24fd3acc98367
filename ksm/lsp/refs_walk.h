/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* refs_walk.h: the walk over the trees that finds names; shared by refs*.c only. */
#ifndef LSP_REFS_WALK_H
#define LSP_REFS_WALK_H

#include "refs.h"

struct ast_event;
struct ast_expr;
struct ast_interface;
struct ast_label;
struct ast_param;
struct ast_pitem;
struct ast_process;
struct ast_qname;
struct ast_rule;
struct ast_type;
struct ast_value;
struct ast_who;
struct symbol;
struct unit;

struct walk {
	struct sema *s;
	struct vector *refs;            /* NULL: nobody wants them */
	const struct unit *unit;        /* in which names are looked up */
	const struct ast_item *item;    /* under way */
	const struct ast_process *self; /* whose `needs` it is, or NULL */
	const struct ast_param *params; /* of the template under way, or NULL */
};

/* A process, and the unit in which it is declared. */
struct walk_class {
	const struct ast_process *process;
	const struct unit *unit;
};

/* What a value is compared with: names of its enum may follow. type NULL: unknown. */
struct walk_type {
	const struct ast_type *type;
	const struct unit *unit;
};

/* The message that an expression speaks of. */
struct walk_message {
	const struct ast_interface *interface; /* NULL: unknown */
	const struct unit *unit;               /* of it */
	const struct ast_ident *methods;       /* NULL: all */
	int moment;                            /* enum ast_moment: which fields there are */
	struct vector clients;                 /* struct walk_class */
	struct vector servers;
};

/* Appends a ref. */
void walk_add(const struct walk *w, struct span at, struct ref_target target);

/* refs_who.c: who and what they give. Each of these adds refs and returns what it found. */
bool walk_symbol(const struct walk *w, const struct ast_qname *name, struct symbol *symbol);
void walk_who(
	const struct walk *w, const struct ast_who *who, bool is_receiver, struct vector *classes);
void walk_name(const struct walk *w, const struct ast_qname *name, bool is_receiver,
	struct vector *classes);
void walk_rank(const struct walk *w, const struct ast_qname *name);
struct walk_message walk_event(const struct walk *w, const struct ast_event *event, int moment);
const struct ast_pitem *walk_pitem(const struct ast_process *process, int kind, const char *name);
const struct ast_param *walk_parameter(const struct walk *w, const struct ast_qname *name);

/* refs_expr.c: types, values, expressions. */
void walk_type(const struct walk *w, const struct ast_type *type);
void walk_value(const struct walk *w, const struct ast_value *value, struct walk_type like);
void walk_expr(const struct walk *w, const struct walk_message *m, const struct ast_expr *expr,
	struct walk_type like);
void walk_rule(const struct walk *w, const struct ast_rule *rule);
const struct ast_param *walk_field(const struct walk_message *m, const char *name);
struct ref_target walk_field_target(const struct walk *w, const struct ast_param *param);
const struct ast_ident *walk_state(const struct ast_item *machine, const char *name);

#endif
