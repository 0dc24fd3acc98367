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
 * A verb of these words: compiles the file, calls answer, reports, and says how long answer took,
 * if that shall be said. answer returns an exit code. Returns the exit code of the verb.
 */
int claim_words_run(int argc, char **argv, int (*answer)(struct claim_words *w));

/* Reads `before` and the words as one claim. Returns NULL after an error. */
const struct ast_claim *claim_words_read(struct claim_words *w, const char *before);

#endif
