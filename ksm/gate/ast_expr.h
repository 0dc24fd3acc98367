/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_expr.h: names, numbers, values, types, parameters and expressions as they were written. */
#ifndef GATE_AST_EXPR_H
#define GATE_AST_EXPR_H

#include <stdbool.h>
#include <stdint.h>

#include "source.h"

/*
 * Everywhere in the tree: lists are chains through next, in the order of the source, NULL at the
 * end; texts of names are interned (intern.h: compare pointers); optional parts are NULL.
 */

/* id: one word. text is NULL where the grammar leaves the word out. */
struct ast_ident {
	const char *text;
	struct span span;
	struct ast_ident *next; /* in lists only */
};

/* qname: words joined by dots. */
struct ast_qname {
	const char *text;        /* all of it, dots included, interned */
	struct ast_ident *parts; /* array of part_count words, at least 1 */
	uint32_t part_count;
	struct span span;
	struct ast_qname *next; /* in lists only */
};

enum ast_unit {
	AST_UNIT_NONE,  /* 12 */
	AST_UNIT_BYTES, /* 64K: magnitude is in bytes */
	AST_UNIT_TIME,  /* 2ms: magnitude is in nanoseconds */
};

/* A number; its value fits 64 bits: at most 2^64 - 1, or at least -2^63 if negative. */
struct ast_number {
	uint64_t magnitude;
	bool negative; /* never with a unit, never with magnitude 0 */
	enum ast_unit unit;
	struct span span;
};

/* A text in double quotes; valid UTF-8 without control characters. */
struct ast_string {
	const char *bytes; /* without the quotes, a NUL behind */
	uint32_t length;
	struct span span; /* with the quotes */
};

enum ast_value_kind {
	AST_VALUE_NUMBER,
	AST_VALUE_RANGE, /* low..high; low > high is not refused by the parser */
	AST_VALUE_STRING,
	AST_VALUE_BOOL,
	AST_VALUE_NAME,  /* a constant, an enum case, a process */
	AST_VALUE_SET,   /* {member, ...}, at least one */
	AST_VALUE_TUPLE, /* (member, member, ...), at least two, inside a set only */
};

/* value, valset, item: what can be written down without knowing any message. */
struct ast_value {
	enum ast_value_kind kind;
	struct span span;
	struct ast_value *next;
	union {
		struct ast_number number;
		struct {
			struct ast_number low;
			struct ast_number high;
		} range;
		struct ast_string string;
		bool truth;
		struct ast_qname name;
		struct ast_value *members; /* SET, TUPLE */
	};
};

enum ast_type_kind {
	AST_TYPE_NAMED,    /* name: u8, bool, an enum, a struct ... */
	AST_TYPE_PROCESS,  /* the word process: parameter of a template */
	AST_TYPE_BYTES,    /* bytes<size> */
	AST_TYPE_TEXT,     /* text<size> */
	AST_TYPE_PATH,     /* path<size> */
	AST_TYPE_LIST,     /* list<element, size> */
	AST_TYPE_OPTIONAL, /* optional element */
	AST_TYPE_HANDLE,   /* handle name */
};

struct ast_type {
	enum ast_type_kind kind;
	struct span span;
	struct ast_qname name;    /* NAMED, HANDLE */
	struct ast_number size;   /* BYTES, TEXT, PATH, LIST */
	struct ast_type *element; /* LIST, OPTIONAL */
	struct ast_value *range;  /* after `in`: RANGE or SET */
	struct ast_number *array; /* in [ ] */
};

enum ast_direction {
	AST_DIRECTION_NONE,
	AST_DIRECTION_READS,  /* the server reads the caller's memory */
	AST_DIRECTION_WRITES, /* the server writes the caller's memory */
};

struct ast_param {
	enum ast_direction direction;
	struct ast_ident name;
	struct ast_type *type;
	bool secret;
	struct ast_value *initial; /* after `=` */
	struct span span;
	struct ast_param *next;
};

enum ast_compare {
	AST_COMPARE_EQ,
	AST_COMPARE_NE,
	AST_COMPARE_LT,
	AST_COMPARE_LE,
	AST_COMPARE_GT,
	AST_COMPARE_GE,
};

/* A name behind `]`: `.level`, `.key[2]`. */
struct ast_part {
	struct ast_ident name;
	struct ast_expr *index; /* in [ ], or NULL */
	struct ast_part *next;
};

/* The kinds of struct ast_expr: AST_EXPR_OR ..., in ast.def. */
enum ast_expr_kind {
#define AST_EXPR(name, text) AST_EXPR_##name,
#include "ast.def"
};

/*
 * An expression. Depth is bounded by PARSE_DEPTH_MAX: chains of or, and, + are one flat node.
 * Parentheses around one expression leave no node. op is the place of the operator's word.
 */
struct ast_expr {
	enum ast_expr_kind kind;
	bool subtracted; /* this member of a SUM stands after `-` */
	struct span span;
	struct span op;
	struct ast_expr *next; /* in lists, and as member of OR, AND, SUM, TUPLE */
	union {
		struct ast_expr *members; /* OR, AND, SUM, TUPLE: two or more */
		struct ast_expr *operand; /* NOT; HELD: a REF */
		struct {
			enum ast_compare how;
			struct ast_expr *left;
			struct ast_expr *right;
		} compare; /* COMPARE; UNDER uses left and right */
		struct {
			struct ast_expr *left;
			struct ast_value *set; /* RANGE or SET, or NULL: then ref */
			struct ast_expr *ref;  /* a REF that names a set */
		} in;
		struct {
			struct ast_expr *left;
			struct ast_qname *names; /* one, or those in { } */
		} is;
		struct {
			struct ast_expr *left;
			struct ast_ident name;
		} has;
		struct {
			struct ast_qname name;
			struct ast_expr *index; /* in [ ], or NULL: then nothing behind it */
			struct ast_part *behind;
		} ref;
		struct {
			struct ast_qname name;
			struct ast_expr *argument;
		} call;
		struct ast_number number;
		struct ast_string string;
		bool truth; /* BOOL */
	};
};

#endif
