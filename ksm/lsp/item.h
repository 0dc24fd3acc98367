/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* item.h: an item of which only a part is written, as the parser would read it with more. */
#ifndef LSP_ITEM_H
#define LSP_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct ast_file;
struct compile;

/* What stands before the word under way. */
struct item_head {
	struct arena *a;
	const char *above;  /* items before it, so that it may stand there; or "" */
	const char *before; /* the item up to the word */
};

/*
 * Reads the item with the word and what follows it; c is begun here, and released by the caller.
 * Returns where the first error stands, SIZE_MAX if there is none. *limit: the end of the word.
 */
size_t item_trial(const struct item_head *head, struct compile *c, const char *word,
	const char *tail, size_t *limit, struct ast_file **file);

/* Returns whether no error stands at or before the word. */
bool item_takes(const struct item_head *head, const char *word);

/*
 * Returns what the parser takes behind the probe: an end of what is under way, then rest. NULL if
 * none of the first `max` tries is one.
 */
const char *item_ending(const struct item_head *head, const char *rest, uint32_t max);

#endif
