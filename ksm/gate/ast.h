/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast.h: one .gate file as a list of items; what they hold is in ast_decl.h, ast_process.h,
 * ast_rule.h. */
#ifndef GATE_AST_H
#define GATE_AST_H

#include <stdio.h>

#include "ast_expr.h"
#include "ast_kind.h"

struct ast_who;

/* One `##` comment line. text begins behind the marks and one blank, and has no line end. */
struct ast_doc {
	const char *text;
	struct span span;
	struct ast_doc *next;
};

struct ast_group {
	struct ast_ident name;
	struct ast_who *who;
	struct ast_restart *restart; /* or NULL */
};

/* accept servers.mqtt.needs: component is servers.mqtt. */
struct ast_accept {
	struct ast_qname component;
};

/*
 * An item of a file. The parser drops items with a syntax error, so every item that is there is
 * whole; no name in it has been looked up.
 */
struct ast_item {
	enum ast_item_kind kind; /* AST_ITEM_FLAGS uses enumeration, _UNION record, and so on */
	struct span span;        /* from its first word to its last token */
	struct span word;        /* the word it begins with */
	struct ast_doc *docs;
	struct ast_item *next;
	union {
		struct ast_use *use;
		struct ast_constant *constant;
		struct ast_enumeration *enumeration;
		struct ast_record *record;
		struct ast_interface *interface;
		struct ast_process *process;
		struct ast_system *system;
		struct ast_group *group;
		struct ast_level *level;
		struct ast_labels *labels;
		struct ast_object *object; /* MACHINE ... LIMIT */
		struct ast_template *template;
		struct ast_apply *apply;
		struct ast_accept *accept;
		struct ast_rule *rule;
		struct ast_claim *claim;
		struct ast_test *test;
	};
};

struct ast_file {
	const struct source *source;
	struct ast_number edition; /* magnitude 0 after an error */
	bool is_foreign; /* of no edition that this gate knows: nothing else of it was read */
	struct ast_qname *unit; /* NULL: a file of its own */
	struct ast_item *items;
};

/* Returns the word for people: "interface", "rule". */
const char *ast_item_word(enum ast_item_kind kind);

/* Returns the word for people: "comparison", "reference". */
const char *ast_expr_word(enum ast_expr_kind kind);

/* Returns the name an item declares and its place, or NULL for items that declare none. */
const struct ast_ident *ast_item_name(const struct ast_item *item);

#endif
