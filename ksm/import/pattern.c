/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* pattern.c: alternatives, classes of letters and counted repetitions, written out. */
#include "pattern.h"

#include <string.h>

#include "ksm/gate/arena.h"

#define NEST_MAX   8u
#define REPEAT_MAX 64u

static const char endless[] =
	"this pattern has no end of texts: compare with the texts that are meant";
static const char too_many[] =
	"this pattern means more than 64 texts: compare with those that are meant";
static const char unknown[] = "this form of a pattern is not imported: write the texts, `a|b|c`";

struct expansion {
	struct arena *arena;
	const char *at;
	const char *why; /* NULL: nothing is wrong so far */
	uint32_t depth;
};

static struct vector choice_read(struct expansion *x);

static void
text_add(struct expansion *x, struct vector *texts, const char *text)
{
	for (uint32_t i = 0; i < texts->count; i++) {
		if (strcmp(((const char *const *)texts->elements)[i], text) == 0) {
			return;
		}
	}
	if (texts->count == PATTERN_TEXTS_MAX) {
		x->why = too_many;
		return;
	}
	*(const char **)vector_push(texts, x->arena, sizeof text) = text;
}

/* Each text of a, followed by each of b. */
static struct vector
texts_join(struct expansion *x, const struct vector *a, const struct vector *b)
{
	struct vector joined = {0};

	for (uint32_t i = 0; i < a->count; i++) {
		for (uint32_t j = 0; j < b->count && x->why == NULL; j++) {
			text_add(x, &joined,
				arena_format(x->arena, "%s%s",
					((const char *const *)a->elements)[i],
					((const char *const *)b->elements)[j]));
		}
	}
	return joined;
}

/* A letter, perhaps behind a backslash, of which a text of PSL has two. */
static char
letter_read(struct expansion *x)
{
	if (x->at[0] == '\\') {
		x->at += x->at[1] == '\\' ? 2 : 1;
		if (strchr("wWdDsSbBnrtx0123456789", x->at[0]) != NULL) {
			x->why = unknown;
			return 0;
		}
	}
	return *x->at++;
}

/* class = "[" {letter | letter "-" letter} "]" */
static struct vector
class_read(struct expansion *x)
{
	struct vector texts = {0};

	x->at++;
	if (x->at[0] == '^') {
		x->why = endless;
	}
	while (x->at[0] != ']' && x->why == NULL) {
		char low = x->at[0] == 0 ? 0 : letter_read(x);
		char high = low;

		if (x->at[0] == '-' && x->at[1] != ']' && x->at[1] != 0) {
			x->at++;
			high = letter_read(x);
		}
		if (low == 0 || low > high) {
			x->why = unknown;
		}
		for (char c = low; c <= high && x->why == NULL; c++) {
			text_add(x, &texts, arena_format(x->arena, "%c", c));
		}
	}
	x->at += x->why == NULL;
	return texts;
}

/* Reads a number. Returns REPEAT_MAX + 1 if there is none, or a bigger one. */
static uint32_t
count_read(struct expansion *x)
{
	uint32_t count = REPEAT_MAX + 1;

	while (x->at[0] >= '0' && x->at[0] <= '9') {
		count = (count > REPEAT_MAX ? 0 : count) * 10 + (uint32_t)(*x->at++ - '0');
	}
	return count;
}

/* repeat = ["?" | "{" INT ["," INT] "}"] */
static struct vector
repeat_read(struct expansion *x, const struct vector *one)
{
	struct vector sum = {0};
	struct vector texts = {0};
	uint32_t least = 1;
	uint32_t most = 1;

	if (x->at[0] == '*' || x->at[0] == '+') {
		x->why = endless;
	} else if (x->at[0] == '?') {
		x->at++;
		least = 0;
	} else if (x->at[0] == '{') {
		x->at++;
		least = count_read(x);
		most = least;
		if (x->at[0] == ',') {
			x->at++;
			most = count_read(x);
		}
		if (*x->at != '}' || most > REPEAT_MAX || least > most) {
			x->why = x->at[0] == '}' ? endless : unknown;
		}
		x->at++;
	}
	text_add(x, &texts, "");
	for (uint32_t i = 0; i <= most && x->why == NULL; i++) {
		for (uint32_t t = 0; i >= least && t < texts.count; t++) {
			text_add(x, &sum, ((const char *const *)texts.elements)[t]);
		}
		if (i < most) {
			texts = texts_join(x, &texts, one);
		}
	}
	return sum;
}

/* part = (class | "(" choice ")" | letter) repeat */
static struct vector
part_read(struct expansion *x)
{
	struct vector one = {0};

	if (x->at[0] == '[') {
		one = class_read(x);
	} else if (x->at[0] == '(') {
		x->at += strncmp(x->at, "(?:", 3) == 0 ? 3 : 1;
		one = choice_read(x);
		if (x->why == NULL && *x->at++ != ')') {
			x->why = unknown;
		}
	} else if (x->at[0] == '.') {
		x->why = endless;
	} else if (strchr("*+?{}]^$", x->at[0]) != NULL) {
		x->why = unknown;
	} else {
		text_add(x, &one, arena_format(x->arena, "%c", letter_read(x)));
	}
	return x->why != NULL ? one : repeat_read(x, &one);
}

/* choice = {part} {"|" {part}} */
static struct vector
choice_read(struct expansion *x)
{
	struct vector sum = {0};

	x->why = ++x->depth > NEST_MAX ? unknown : x->why;
	do {
		struct vector texts = {0};

		text_add(x, &texts, "");
		while (x->why == NULL && strchr("|)", x->at[0]) == NULL) {
			struct vector part = part_read(x);

			texts = texts_join(x, &texts, &part);
		}
		for (uint32_t i = 0; i < texts.count && x->why == NULL; i++) {
			text_add(x, &sum, ((const char *const *)texts.elements)[i]);
		}
	} while (x->why == NULL && x->at[0] == '|' && x->at++ != NULL);
	x->depth--;
	return sum;
}

/*
 * The pattern without the signs of its ends, if it has both: it is the whole text that has to
 * match. One sign alone says that the writer thought of a part of the text; that is refused.
 */
static const char *
inside(struct arena *a, const char *pattern)
{
	size_t length = strlen(pattern);

	/* `^a|b$` begins one alternative and ends another. */
	if (length < 2 || pattern[0] != '^' || pattern[length - 1] != '$' ||
		pattern[length - 2] == '\\' ||
		(strchr(pattern, '|') != NULL && strchr(pattern, '(') == NULL)) {
		return pattern;
	}
	return arena_copy(a, pattern + 1, length - 2);
}

const char *
pattern_texts(struct arena *a, const char *pattern, struct vector *texts)
{
	struct expansion x = {.arena = a, .at = inside(a, pattern)};

	*texts = choice_read(&x);
	return x.why != NULL ? x.why : x.at[0] != 0 ? unknown : NULL;
}

bool
pattern_is_any(const char *pattern)
{
	return strcmp(pattern, ".*") == 0 || strcmp(pattern, "^.*$") == 0;
}
