/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* names.c: last parts first; two that would be equal get more of their beginning. */
#include "names.h"

#include <string.h>

#include "ksm/gate/arena.h"
#include "ksm/gate/lex.h"

#define LENGTH_MAX 48u

static bool
is_taken(const struct names *n, const char *word)
{
	for (uint32_t i = 0; i < n->taken.count; i++) {
		if (strcmp(((const char *const *)n->taken.elements)[i], word) == 0) {
			return true;
		}
	}
	return false;
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || is_capital(c);
}

static char
capital(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Makes the capitals that begin a word small: VfsNet is vfsNet, GPIO is gpio, SDCard is sdCard. */
static void
beginning_lower(char *word)
{
	for (size_t i = 0; is_capital(word[i]); i++) {
		bool next_is_word = word[i + 1] != 0 && !is_capital(word[i + 1]);

		if (i > 0 && next_is_word && word[i + 1] >= 'a' && word[i + 1] <= 'z') {
			break;
		}
		word[i] = (char)(word[i] - 'A' + 'a');
	}
}

static bool
is_word_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* Letters, digits and `_` only. */
static char *
letters_word(struct arena *a, const char *text)
{
	size_t length = strlen(text);
	char *word;

	length = length > LENGTH_MAX ? LENGTH_MAX : length;
	word = arena_copy(a, text, length);
	for (size_t i = 0; i < length; i++) {
		word[i] = is_word_letter(word[i]) ? word[i] : '_';
	}
	if (length == 0 || (word[0] >= '0' && word[0] <= '9')) {
		word = arena_format(a, "_%s", word);
	}
	return word;
}

const char *
names_word(struct arena *a, const char *text)
{
	char *word = letters_word(a, text);

	return token_word_find(word, strlen(word)) == TOKEN_NAME ? word
								 : arena_format(a, "%s_", word);
}

/* The last `parts` parts of a dotted name as one word, each with a capital but perhaps the first;
 * of a type, what stands between two `_` is a part of the word, too. */
static const char *
parts_join(struct arena *a, const char *dotted, uint32_t parts, enum names_place place)
{
	const char *start = dotted + strlen(dotted);
	char *word;
	size_t n = 0;
	bool begins = true;

	while (start > dotted) {
		if (start[-1] == '.' && --parts == 0) {
			break;
		}
		start--;
	}
	word = arena_copy(a, start, strlen(start));
	for (const char *c = start; *c != 0; c++) {
		if (*c == '.' || (*c == '_' && place == NAMES_TYPE && n > 0 &&
					 (c[1] == 0 || is_letter(c[1])))) {
			begins = true;
			continue;
		}
		word[n] = begins && (place == NAMES_TYPE || n > 0) ? capital(*c) : *c;
		begins = false;
		n++;
	}
	word[n] = 0;
	if (place != NAMES_TYPE) {
		beginning_lower(word);
	}
	return place == NAMES_MEMBER ? letters_word(a, word) : names_word(a, word);
}

const char *
names_take(struct names *n, struct arena *a, const char *dotted, enum names_place place)
{
	const char *word = "";
	uint32_t parts = 1;

	for (const char *c = dotted; *c != 0; c++) {
		parts += *c == '.';
	}
	for (uint32_t i = 1; i <= parts; i++) {
		word = parts_join(a, dotted, i, place);
		if (!is_taken(n, word)) {
			break;
		}
	}
	for (uint32_t i = 2; is_taken(n, word); i++) {
		word = arena_format(a, "%s%u", parts_join(a, dotted, 1, place), i);
	}
	*(const char **)vector_push(&n->taken, a, sizeof(const char *)) = word;
	return word;
}
