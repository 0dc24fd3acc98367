/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What whoever started this process said (abi/process.h), which may be anything. */
#include "words.h"

#include <stddef.h>
#include <string.h>

#include "abi/process.h"
#include "gatehouse/process.h"

const char *
glue_word_next(const char *word)
{
	const struct process_info *info = process_info();
	const char *start = info->attributes + info->words_offset;
	const char *end = start + info->words_bytes;

	/* init has seen to the place; that the last one ends is for nobody else to see to. */
	if (info->words_offset == 0 || info->words_bytes == 0 || end[-1] != '\0') {
		return NULL;
	}
	word = word == NULL ? start : word + strlen(word) + 1;
	return word < end && *word != '\0' ? word : NULL;
}

bool
glue_words_have_files(void)
{
	for (const char *word = glue_word_next(NULL); word != NULL; word = glue_word_next(word)) {
		if (*word == WORD_OPEN || *word == WORD_SAME || *word == WORD_CLOSE) {
			return true;
		}
	}
	return false;
}
