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
struct ast_restart;
struct ast_rule;
struct ast_system;
struct ast_type;
struct ast_value;
struct ast_who;
struct symbol;
struct unit;

struct probe;

struct walk {
	struct sema *s;
	struct vector *refs;            /* NULL: nobody wants them */
	const struct unit *unit;        /* in which names are looked up */
	const struct ast_item *item;    /* under way */
	const struct ast_process *self; /* whose `needs` it is, or NULL */
	const struct ast_param *params; /* of the template under way, or NULL */
	struct probe *probe;            /* or NULL */
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

/* refs.c: the same for the name that a node declares. */
void walk_declare(const struct walk *w, enum ref_kind kind, const struct ast_ident *name,
	struct span whole, const struct ast_doc *docs);

/* refs_process.c */
void walk_restart(const struct walk *w, const struct ast_restart *restart);
void walk_process(struct walk *w, const struct ast_process *process);
void walk_system(const struct walk *w, const struct ast_system *system);

/* refs_who.c: who and what they give. Each of these adds refs and returns what it found. */
bool walk_symbol(const struct walk *w, const struct ast_qname *name, struct symbol *symbol);
void walk_who(
	const struct walk *w, const struct ast_who *who, bool is_receiver, struct vector *classes);
void walk_name(const struct walk *w, const struct ast_qname *name, bool is_receiver,
	struct vector *classes);
void walk_rank(const struct walk *w, const struct ast_qname *name);
struct walk_message walk_event(const struct walk *w, const struct ast_event *event, int moment);
/* What init gives as `supervisor` as soon as some unit uses its own, or NULL. */
struct symbol *walk_supervisor(const struct sema *s);
const struct ast_pitem *walk_pitem(const struct ast_process *process, int kind, const char *name);
const struct ast_param *walk_parameter(const struct walk *w, const struct ast_qname *name);

/* refs_expr.c: types, values, expressions. */
void walk_type(const struct walk *w, const struct ast_type *type);
void walk_value(const struct walk *w, const struct ast_value *value, struct walk_type like);
void walk_expr(const struct walk *w, const struct walk_message *m, const struct ast_expr *expr,
	struct walk_type like);
void walk_rule(const struct walk *w, const struct ast_rule *rule);
/* A value of the enum that the type names. Returns whether it is one. */
bool walk_case(const struct walk *w, const struct ast_ident *word, struct walk_type like);
/* The type of a field that stands alone on one side of a test. */
struct walk_type walk_type_of(
	const struct walk *w, const struct walk_message *m, const struct ast_expr *expr);
const struct ast_param *walk_field(const struct walk_message *m, const char *name);
/* The attribute `word` of client, server or a process. Returns whether it is one. */
bool walk_owner(const struct walk *w, const struct walk_message *m, const struct ast_ident *owner,
	const struct ast_ident *word);
struct ref_target walk_field_target(const struct walk *w, const struct ast_param *param);
const struct ast_ident *walk_state(const struct ast_item *machine, const char *name);

/* refs_member.c: words behind the dots of a field of that type. Returns the type of the last one.
 */
struct walk_type walk_members(
	const struct walk *w, const struct ast_ident *words, uint32_t count, struct walk_type type);
void walk_has(const struct walk *w, const struct walk_message *m, const struct ast_expr *expr);
/* What a type is called, optional or not, or NULL; the fields of a struct or union, or NULL. */
struct symbol *walk_type_symbol(struct walk_type type);
const struct ast_param *walk_type_fields(const struct symbol *symbol);

/* Names of an item, or of many of a unit. */
void walk_item(struct walk *w, const struct ast_item *item);

/* What is due at one place of an item: a made-up name is put there, and the walk meets it. */
/* No policy should have this name. */
#define PROBE_WORD "zq_probe"

enum probe_kind {
	PROBE_NONE,      /* a new name, or nothing that is known */
	PROBE_WHO,       /* sender or receiver */
	PROBE_SIDE,      /* somebody, or a word of a level */
	PROBE_INSTANCE,  /* of the system */
	PROBE_LABEL,     /* what a handle stands for */
	PROBE_GIVES,     /* an endpoint of classes; interface: only of that */
	PROBE_METHOD,    /* of message.interface */
	PROBE_FIELD,     /* of message */
	PROBE_OPERAND,   /* one side of a test that is compared with like, or the first one */
	PROBE_SET,       /* behind `in`: values of like */
	PROBE_VALUE,     /* in a set of values of like */
	PROBE_ATTRIBUTE, /* of classes */
	PROBE_STATE,     /* of machine */
	PROBE_OBJECT,    /* of the kinds in objects */
	PROBE_TYPE,
	PROBE_INTERFACE,
	PROBE_PROCESS,
	PROBE_RANK,
	PROBE_LEVEL,
	PROBE_GROUP,
	PROBE_TEMPLATE,
	PROBE_SETTING, /* a use or an attribute of classes */
	PROBE_KEY,     /* of an object */
	PROBE_ACCEPT,  /* a unit with `needs` */
	PROBE_REASON,  /* of a denial */
	PROBE_IMPORT,  /* a declaration of the unit that is used */
	PROBE_UNIT,    /* one word or more of name */
	PROBE_DEVICE,
	PROBE_HANDLE, /* an interface or a label */
	PROBE_MEMBER, /* a field of like */
	PROBE_HAS,    /* what may be there or not of like */
};

struct probe {
	enum probe_kind kind;
	bool is_receiver;
	bool is_has;           /* ATTRIBUTE: of those that may not be there */
	bool is_needs;         /* in `needs` */
	bool has_part;         /* OPERAND: a dot stands behind it */
	struct vector classes; /* struct walk_class */
	struct walk_message message;
	struct walk_type like;
	const struct ast_item *machine;
	const struct ast_qname *interface; /* or NULL */
	const struct ast_qname *name; /* INTERFACE, PROCESS, UNIT, ACCEPT: of which it is a part */
	const struct unit *unit;      /* in which names are looked up */
	const struct ast_process *self;
	uint32_t objects; /* bits 1 << enum ast_item_kind */
};

/* Returns whether the word is the one that was put there, and notes what is due; the first counts.
 */
bool probe_meets(const struct walk *w, const struct ast_ident *word, enum probe_kind kind);

#endif
