/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What whoever started this process said (abi/process.h), which may be anything. */
#ifndef GLUE_WORDS_H
#define GLUE_WORDS_H

#include <stdbool.h>

/* The word behind one, or the first; NULL: no more. Its first byte says what it is. */
const char *glue_word_next(const char *word);

/* Whether they ask for descriptors. */
bool glue_words_have_files(void);

/*
 * Goes to the folder and makes the descriptors that the words say. Returns; or ends the process
 * with code 127, as posix_spawn promises, when one of them cannot be. It is linked into programs
 * that open files; others have the console and no folder, and end when they are to have more.
 */
void glue_words_obey(void);

#endif
