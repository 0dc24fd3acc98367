/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* words.c: bytes to words; comments are left out. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

const char *words[WORDS_MAX];
bool quoted[WORDS_MAX];
int word_count;

void
fail(const char *what, const char *which)
{
	(void)fprintf(stderr, "psl-oracle: %s: %s\n", what, which);
	exit(2);
}

static char *
file_text(const char *path)
{
	FILE *in = fopen(path, "rb");
	char *text = malloc(1 << 22);
	size_t size;

	if (in == NULL || text == NULL) {
		fail("cannot read", path);
	}
	size = fread(text, 1, (1 << 22) - 1, in);
	text[size] = 0;
	(void)fclose(in);
	return text;
}

static void
word_add(const char *from, size_t length, bool is_text)
{
	if (word_count == WORDS_MAX - 1) {
		fail("too many words", from);
	}
	quoted[word_count] = is_text;
	words[word_count++] = strndup(from, length);
}

static bool
is_part(const char *c)
{
	return isalnum((unsigned char)*c) || *c == '_' ||
	       (*c == '.' && (isalpha((unsigned char)c[1]) || c[1] == '_'));
}

void
words_read(const char *path)
{
	const char *c = file_text(path);

	while (*c != 0) {
		size_t length = 1;

		if (strncmp(c, "//", 2) == 0) {
			c += strcspn(c, "\n");
			continue;
		}
		if (strncmp(c, "/*", 2) == 0) {
			c = strstr(c, "*/") == NULL ? c + strlen(c) : strstr(c, "*/") + 2;
			continue;
		}
		if (*c == '"') {
			length = strcspn(c + 1, "\"");
			word_add(c + 1, length, true);
			c += length + 2;
			continue;
		}
		if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x80) {
			c++;
			continue;
		}
		if (isalnum((unsigned char)*c) || *c == '_') {
			while (is_part(c + length)) {
				length++;
			}
		} else if (strncmp(c, "==>", 3) == 0) {
			length = 3;
		} else if (strchr("=!<>&|~", *c) != NULL && strchr("=&|-<>", c[1]) != NULL &&
			   c[1] != 0) {
			length = 2;
		}
		word_add(c, length, false);
		c += length;
	}
	words[word_count++] = NULL;
}

bool
word_is(int at, const char *word)
{
	return words[at] != NULL && !quoted[at] && strcmp(words[at], word) == 0;
}

int
bracket_end(int at)
{
	int depth = 0;

	do {
		if (words[at] == NULL) {
			fail("a bracket is open at", "the end of a file");
		}
		depth += word_is(at, "{") || word_is(at, "[") || word_is(at, "(");
		depth -= word_is(at, "}") || word_is(at, "]") || word_is(at, ")");
		at++;
	} while (depth > 0);
	return at;
}
