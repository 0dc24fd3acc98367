/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* scope.h: which declaration a name stands for [N3, N4]. */
#ifndef GATE_SCOPE_H
#define GATE_SCOPE_H

#include <stdbool.h>

#include "ast_kind.h"

struct ast_qname;
struct sema;
struct symbol;
struct unit;
struct vector;

/* Enters every declared name of every unit, and checks what `use` imports. */
void scope_declare(struct sema *s);

/*
 * Sorts of names. An interface, a process and a type may share a name: where it stands decides
 * which is meant.
 */
enum scope_sort {
	SCOPE_INTERFACE,
	SCOPE_WHO,   /* process, group, system */
	SCOPE_OTHER, /* types, constants, objects, levels */
};

/* Returns the declaration that name means in unit where that sort is due, one of another sort if
 * there is no other, or NULL; says nothing. */
struct symbol *scope_find(
	const struct unit *unit, const struct ast_qname *name, enum scope_sort sort);
struct symbol *scope_find_word(const struct unit *unit, const char *word, enum scope_sort sort);

/*
 * The same, but NULL only after an error that says what (an interface, a process) is not there;
 * kind is what is wanted, so a declaration of another kind is an error, too. A declared object
 * that this version refuses was reported already: then NULL without a second error.
 */
struct symbol *scope_get(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	enum ast_item_kind kind, const char *clause);

/* Appends the names of that kind that unit can say to names (const char *), for suggestions. */
void scope_candidates(
	struct sema *s, const struct unit *unit, enum ast_item_kind kind, struct vector *names);

#endif
