/* SPDX-License-Identifier: 0BSD */
/* A line as it was typed, cut into words, and where its input and output go. */
#ifndef SHELL_LINE_H
#define SHELL_LINE_H

#include <stdbool.h>

#define LINE_WORDS 24

struct line {
	int count;
	char *words[LINE_WORDS + 1]; /* NULL behind the last */
	const char *input;           /* `< NAME`, or NULL */
	const char *output;          /* `> NAME`, `>> NAME`, or NULL */
	bool appends;
};

/* Cuts `text` in place. Blanks separate words, unless they stand in '' or "". Returns NULL, or what
 * is wrong with it, as a sentence. */
const char *line_cut(struct line *line, char *text);

#endif
