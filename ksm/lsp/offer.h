/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* offer.h: the names that may stand where a probe was met. */
#ifndef LSP_OFFER_H
#define LSP_OFFER_H

#include <stdbool.h>

struct ast_item;
struct probe;
struct sema;
struct vector;

struct offer {
	const char *word;
	const char *what; /* "process", "word" */
};

/*
 * Appends a struct offer for each, none twice. item: in which the probe stands. is_whole: what
 * stands behind it is known.
 */
void offer_names(struct sema *s, const struct ast_item *item, const struct probe *probe,
	bool is_whole, struct vector *offers);

/* Appends one, unless it is there. */
void offer_add(struct sema *s, struct vector *offers, const char *word, const char *what);

#endif
