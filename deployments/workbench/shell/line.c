/* SPDX-License-Identifier: 0BSD */
/* A line as it was typed, cut into words, and where its input and output go. */
#include "line.h"

#include <string.h>

/* One word, quotes taken away; *text stands behind it. NULL: a quote has no end. */
static char *
take_word(char **text)
{
	char *word = *text;
	char *to = *text;
	char quote = '\0';

	for (; **text != '\0'; ++*text) {
		if (quote == '\0' && strchr(" \t<>", **text) != NULL) {
			break;
		}
		if (quote == '\0' && (**text == '\'' || **text == '"')) {
			quote = **text;
		} else if (quote != '\0' && **text == quote) {
			quote = '\0';
		} else {
			*to++ = **text;
		}
	}
	/* What ends the word may be the sign of a redirection: it is read before it is overwritten.
	 */
	if (**text == '\0' || **text == ' ' || **text == '\t') {
		*text += **text != '\0';
		*to = '\0';
	} else if (to != *text) {
		*to = '\0';
	} else {
		/* `word>`: there is no room for the end of the word but in place of the sign. */
		char sign = **text;
		memmove(*text + 1, *text, strlen(*text) + 1);
		*to = '\0';
		++*text;
		**text = sign;
	}
	return quote == '\0' ? word : NULL;
}

static const char *
take_redirection(struct line *line, char **text)
{
	bool is_input = **text == '<';

	++*text;
	line->appends = !is_input && **text == '>';
	*text += line->appends;
	*text += strspn(*text, " \t");
	if (**text == '\0' || **text == '<' || **text == '>') {
		return "behind < and > stands the name of a file";
	}
	const char *name = take_word(text);
	if (is_input) {
		line->input = name;
	} else {
		line->output = name;
	}
	return name == NULL ? "a quote has no end" : NULL;
}

const char *
line_cut(struct line *line, char *text)
{
	*line = (struct line){0};
	for (;;) {
		text += strspn(text, " \t");
		if (*text == '\0') {
			return NULL;
		}
		if (*text == '<' || *text == '>') {
			const char *sentence = take_redirection(line, &text);
			if (sentence != NULL) {
				return sentence;
			}
			continue;
		}
		if (line->count == LINE_WORDS) {
			return "a line has at most 24 words";
		}
		line->words[line->count] = take_word(&text);
		if (line->words[line->count++] == NULL) {
			return "a quote has no end";
		}
	}
}
