/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_process.h: processes and systems as they were written. */
#ifndef GATE_AST_PROCESS_H
#define GATE_AST_PROCESS_H

#include "ast_expr.h"

struct ast_rule;

/* label: name, or name[capacity] */
struct ast_label {
	struct ast_ident name;
	struct ast_number *capacity;
	struct ast_label *next;
};

enum ast_pitem_kind {
#define AST_PITEM(name, text) AST_PITEM_##name,
#include "ast.def"
};

enum ast_restart_mode {
	AST_RESTART_NEVER,
	AST_RESTART_ALWAYS,
	AST_RESTART_FAILURE,
};

enum ast_restart_step {
	AST_ELSE_STOP, /* the default */
	AST_ELSE_GROUP,
	AST_ELSE_SAFE,
	AST_ELSE_RESET,
};

/* restart mode after low..high at most number per period else step */
struct ast_restart {
	enum ast_restart_mode mode;
	struct ast_number *after_low; /* NULL: not said */
	struct ast_number *after_high;
	struct ast_number *number; /* of at most; NULL: no limit */
	struct ast_number period;
	enum ast_restart_step step;
	struct ast_qname group; /* of GROUP and SAFE */
	struct span span;
};

/* One line of a process. Lines may repeat: what may occur once is not the parser's business. */
struct ast_pitem {
	enum ast_pitem_kind kind;
	struct ast_ident name;      /* GIVES, USES: the endpoint; ATTR: the attribute */
	struct ast_qname interface; /* GIVES, USES */
	struct ast_label *labels;   /* GIVES */
	bool optional;              /* USES */
	struct ast_ident *devices;  /* DEVICE */
	struct ast_type *type;      /* ATTR */
	struct ast_value *initial;  /* ATTR, or NULL */
	struct ast_number number;   /* MEMORY PRIORITY INSTANCES; BUDGET RESERVE COST: the time */
	struct ast_number period;   /* BUDGET */
	struct ast_restart *restart;
	struct ast_string program; /* PROGRAM */
	struct ast_rule *rules;    /* NEEDS */
	struct span span;
	struct ast_pitem *next;
};

struct ast_process {
	struct ast_ident name;
	struct ast_qname *levels; /* after `at` */
	struct ast_pitem *pitems;
};

enum ast_setting_kind {
	AST_SETTING_WIRE,  /* name -> instance.endpoint */
	AST_SETTING_VALUE, /* name = value */
	AST_SETTING_MEMORY,
	AST_SETTING_PRIORITY,
	AST_SETTING_BUDGET, /* number per period */
	AST_SETTING_RESTART,
};

struct ast_setting {
	enum ast_setting_kind kind;
	struct ast_ident name;     /* WIRE: the client's endpoint; VALUE: the attribute */
	struct ast_ident instance; /* WIRE */
	struct ast_ident endpoint; /* WIRE */
	struct ast_value *value;   /* VALUE */
	struct ast_number number;
	struct ast_number period;
	struct ast_restart *restart; /* RESTART */
	struct span span;
	struct ast_setting *next;
};

/* instance: names : process at levels { settings } */
struct ast_instance {
	struct ast_ident *names;
	struct ast_number *count; /* of a template, else NULL */
	struct ast_qname process;
	struct ast_qname *levels;
	struct ast_setting *settings;
	struct span span;
	struct ast_instance *next;
};

struct ast_system {
	struct ast_ident name;
	struct ast_ident board; /* text is NULL if not said */
	struct ast_instance *instances;
};

#endif
