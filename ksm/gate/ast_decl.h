/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_decl.h: declarations as they were written: types, interfaces, levels, objects, templates. */
#ifndef GATE_AST_DECL_H
#define GATE_AST_DECL_H

#include "ast_expr.h"

struct ast_rule;
struct ast_doc;

/* use name (imports): without a list, imports is NULL and names stay qualified. */
struct ast_use {
	struct ast_qname name;
	struct ast_ident *imports;
};

struct ast_constant {
	struct ast_ident name;
	struct ast_value *value;
};

struct ast_enum_case {
	struct ast_ident name;
	struct ast_number *value; /* after `=` */
	struct ast_enum_case *next;
};

/* enum and flags */
struct ast_enumeration {
	struct ast_ident name;
	struct ast_enum_case *cases; /* at least one */
};

/* struct and union */
struct ast_record {
	struct ast_ident name;
	struct ast_param *fields; /* at least one */
};

struct ast_error_case {
	struct ast_ident name;
	struct ast_param *params;
	struct span span;
	struct ast_error_case *next;
};

enum ast_method_kind {
	AST_METHOD_CALL,
	AST_METHOD_ONEWAY,
	AST_METHOD_IDEMPOTENT,
	AST_METHOD_ASK,
	AST_METHOD_RESERVED, /* `reserved INT`: only number is set */
};

struct ast_method {
	struct ast_doc *docs;
	enum ast_method_kind kind;
	struct ast_ident name;
	struct ast_param *params;
	bool has_results; /* `-> ( )` was written, perhaps with nothing in it */
	struct ast_param *results;
	struct ast_error_case *errors;
	struct ast_number number;
	struct span span;
	struct ast_method *next;
};

struct ast_interface {
	struct ast_ident name;
	struct ast_number *version;
	struct ast_method *methods;
};

/* level name { low < high, other < high }: each chain is a list of words. */
struct ast_chain {
	struct ast_ident *words;
	struct ast_chain *next;
};

struct ast_level {
	struct ast_ident name;
	struct ast_chain *chains;
};

struct ast_path_label {
	struct ast_string path;
	struct ast_ident label;
	struct ast_path_label *next;
};

/* labels process { "path" label ... } */
struct ast_labels {
	struct ast_qname process;
	struct ast_path_label *entries;
};

/* from -> to, to */
struct ast_move {
	struct ast_ident from;
	struct ast_ident *to;
	struct span span;
	struct ast_move *next;
};

enum ast_life {
	AST_LIFE_UNSAID,
	AST_LIFE_KEEP,
	AST_LIFE_RESET,
};

/*
 * machine, bucket, window, latch, counter, set, limit. amount: the bucket's rate, the max of
 * window, counter, set, limit. period: the bucket's and window's `per`, the latch's `for`.
 */
struct ast_object {
	struct ast_qname name;  /* one word, but for limit, which names a label */
	struct ast_qname *key;  /* after the first `per`: client, server, edge or a label */
	struct ast_move *moves; /* machine */
	struct ast_number amount;
	struct ast_number period;
	struct ast_number *burst; /* bucket */
	struct ast_type *element; /* set */
	enum ast_life life;
};

struct ast_template {
	struct ast_ident name;
	struct ast_param *params;
	struct ast_rule *rules;
};

struct ast_apply {
	struct ast_qname name;
	struct ast_value *arguments; /* at least one */
};

#endif
