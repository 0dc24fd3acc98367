/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* regex.h: whether a whole text matches a regular expression of PSL, letter by letter. */
#ifndef IMPORT_REGEX_H
#define IMPORT_REGEX_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

/* Places of one expression; what needs more is refused. */
#define REGEX_STATES_MAX 512u

/* The places where a text has led to. */
struct regex_at {
	uint64_t bits[REGEX_STATES_MAX / 64];
};

/* One letter of a set, or a fork, or the end. */
struct regex_state {
	uint64_t letters[4]; /* bit n: the byte n */
	uint16_t next;
	uint16_t other; /* of a fork */
	bool is_fork;
};

struct regex {
	struct regex_state *states;
	uint32_t count;
	uint32_t first;
	uint32_t end;
};

/*
 * Reads a pattern: letters, `.`, `[..]`, `[^..]`, groups, `|`, `?`, `*`, `+`, `{n,m}`, `^` at its
 * begin,
 * `$` at its end. Returns NULL, or why it cannot be read.
 */
const char *regex_read(struct arena *a, const char *pattern, struct regex *r);

/* Where the empty text leads to; where one more byte does. */
struct regex_at regex_begin(const struct regex *r);
struct regex_at regex_step(const struct regex *r, const struct regex_at *at, uint8_t byte);

/* Returns whether a text that led there matches. */
bool regex_ends(const struct regex *r, const struct regex_at *at);

/* Returns whether the whole text matches. */
bool regex_matches(const struct regex *r, const char *text);

#endif
