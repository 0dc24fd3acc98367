/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* refs.h: every name in the units of an analysis, and the declaration that it means. */
#ifndef LSP_REFS_H
#define LSP_REFS_H

#include <stdbool.h>

#include "ksm/gate/source.h"
#include "ksm/gate/vector.h"

struct ast_doc;
struct ast_ident;
struct ast_item;
struct sema;

enum ref_kind {
#define REF(kind, word) REF_##kind,
#include "refs.def"
};

/* A declaration. name is the one node that declares it: equal nodes, equal declarations. */
struct ref_target {
	enum ref_kind kind;
	const struct ast_ident *name;
	struct span whole;           /* all of it */
	const struct ast_doc *docs;  /* or NULL */
	const struct ast_item *item; /* in which it stands, or NULL */
};

struct ref {
	struct span at;
	struct ref_target target;
};

/*
 * Appends a struct ref for each name that is declared or used in any unit of s, as far as it is
 * clear what it means. Requires: scope_declare ran; errors may be left.
 */
void refs_collect(struct sema *s, struct vector *refs);

/* Returns the ref that a byte of a file lies in or touches, or NULL. */
const struct ref *refs_find(const struct vector *refs, uint32_t file, size_t offset);

/* Returns the word for people: "process", "field". */
const char *refs_word(enum ref_kind kind);

#endif
