/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* claim_words.h: a verb that gets a system's file and a claim, or a part of one, as words. */
#ifndef GATE_CLAIM_WORDS_H
#define GATE_CLAIM_WORDS_H

#include <stdbool.h>

struct ast_claim;
struct compile;
struct options;
struct sema;

struct claim_words {
	struct options *options;
	const char *file;
	const char *words; /* behind the file, blanks between them */
	bool is_timed;
	struct compile *compile;
	struct sema *sema;
};

/*
 * Reads the words of the verb and compiles the file. Returns -1 if all is well, else the exit code,
 * and everything is said. w: options, compile and sema, to be filled. The end is
 * claim_words_release, whatever is returned.
 */
int claim_words_begin(struct claim_words *w, int argc, char **argv);
void claim_words_release(struct claim_words *w);

/* Reads `before` and the words as one claim. Returns NULL after an error. */
const struct ast_claim *claim_words_read(struct claim_words *w, const char *before);

/* Says how long that took since start (clock), if it shall be said. */
void claim_words_time(const struct claim_words *w, long start);

#endif
