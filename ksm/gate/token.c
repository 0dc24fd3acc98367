/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* token.c: the tables of tokens.def. */
#include "lex.h"

#include <assert.h>
#include <string.h>

enum word_class {
	CLASS_NONE,
	CLASS_ITEM,
	CLASS_HARD,
	CLASS_SOFT,
};

struct kind {
	const char *name;
	const char *text;
	enum word_class class;
};

static const struct kind kinds[] = {
#define TOKEN(kind, text)           {#kind, text, CLASS_NONE},
#define MARK(kind, spelling)        {#kind, "`" spelling "`", CLASS_NONE},
#define WORD(kind, spelling, class) {#kind, "`" spelling "`", CLASS_##class},
#include "tokens.def"
};

static const char *const words[] = {
#define WORD(kind, spelling, class) spelling,
#include "tokens.def"
};

static const uint8_t word_kinds[] = {
#define WORD(kind, spelling, class) TOKEN_##kind,
#include "tokens.def"
};

#define WORD_COUNT (sizeof(words) / sizeof(words[0]))

static_assert(sizeof(kinds) / sizeof(kinds[0]) == TOKEN_COUNT, "one row for each kind");
static_assert(TOKEN_COUNT <= UINT8_MAX, "a kind fits the byte in struct token");

const char *
token_kind_text(enum token_kind kind)
{
	assert(kind < TOKEN_COUNT);
	return kinds[kind].text;
}

const char *
token_kind_name(enum token_kind kind)
{
	assert(kind < TOKEN_COUNT);
	return kinds[kind].name;
}

bool
token_is_hard_word(enum token_kind kind)
{
	assert(kind < TOKEN_COUNT);
	return kinds[kind].class == CLASS_HARD || kinds[kind].class == CLASS_ITEM;
}

bool
token_is_soft_word(enum token_kind kind)
{
	assert(kind < TOKEN_COUNT);
	return kinds[kind].class == CLASS_SOFT;
}

bool
token_begins_item(enum token_kind kind)
{
	assert(kind < TOKEN_COUNT);
	return kinds[kind].class == CLASS_ITEM;
}

enum token_kind
token_word_find(const char *bytes, size_t length)
{
	size_t low = 0;
	size_t high = WORD_COUNT;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = bytes[0] - words[middle][0];

		if (order == 0) {
			order = strncmp(bytes, words[middle], length);
		}

		if (order == 0 && words[middle][length] == '\0') {
			return (enum token_kind)word_kinds[middle];
		}
		if (order > 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return TOKEN_NAME;
}

const char *const *
token_words(size_t *count)
{
	*count = WORD_COUNT;
	return words;
}
