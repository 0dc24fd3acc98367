/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* message_words.h: a message that somebody typed, as a step of a test would name it. */
#ifndef GATE_MESSAGE_WORDS_H
#define GATE_MESSAGE_WORDS_H

struct ast_step;
struct compile;

/* Returns the step `grant WORDS`, or NULL after an error. */
const struct ast_step *message_words(struct compile *c, const char *words);

#endif
