/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* node.c: a JSON text as a tree: strict, bounded, without escapes afterwards. */
#include "node.h"

#include <string.h>

#include "ksm/gate/arena.h"
#include "ksm/gate/utf8.h"

#define REPLACEMENT 0xfffdu /* stands for what is no character */

struct cut {
	struct arena *a;
	const char *at;
	const char *end;
	bool failed;
};

static struct node *value_cut(struct cut *c, uint32_t depth);

static void
blanks_skip(struct cut *c)
{
	while (c->at < c->end && memchr(" \t\r\n", *c->at, 4) != NULL) {
		c->at++;
	}
}

/* Takes that character. Returns whether it was there. */
static bool
take(struct cut *c, char wanted)
{
	if (c->failed || c->at == c->end || *c->at != wanted) {
		return false;
	}
	c->at++;
	return true;
}

static void
expect(struct cut *c, char wanted)
{
	if (!take(c, wanted)) {
		c->failed = true;
	}
}

/* Four hexadecimal digits behind `\u`. */
static uint32_t
hex_cut(struct cut *c)
{
	static const char digits[] = "0123456789abcdef";
	uint32_t value = 0;

	for (int i = 0; i < 4; i++) {
		char lower = c->at < c->end ? (char)(*c->at | 0x20) : '\0';
		const char *digit = lower == ' ' || lower == '\0' ? NULL : strchr(digits, lower);

		if (digit == NULL || (*c->at < 'A' && *c->at > '9')) {
			c->failed = true;
			return 0;
		}
		value = value * 16 + (uint32_t)(digit - digits);
		c->at++;
	}
	return value;
}

static char *
utf8_put(char *to, uint32_t code)
{
	if (code < 0x80) {
		*to++ = (char)code;
	} else if (code < 0x800) {
		*to++ = (char)(0xc0 | code >> 6);
		*to++ = (char)(0x80 | (code & 0x3f));
	} else if (code < 0x10000) {
		*to++ = (char)(0xe0 | code >> 12);
		*to++ = (char)(0x80 | (code >> 6 & 0x3f));
		*to++ = (char)(0x80 | (code & 0x3f));
	} else {
		*to++ = (char)(0xf0 | code >> 18);
		*to++ = (char)(0x80 | (code >> 12 & 0x3f));
		*to++ = (char)(0x80 | (code >> 6 & 0x3f));
		*to++ = (char)(0x80 | (code & 0x3f));
	}
	return to;
}

/* What stands behind `\u`: a pair of surrogates is one character. */
static uint32_t
code_cut(struct cut *c)
{
	uint32_t code = hex_cut(c);
	struct cut ahead = *c;
	uint32_t low;

	if (code < 0xd800 || code > 0xdfff) {
		return code;
	}
	if (code > 0xdbff || !take(&ahead, '\\') || !take(&ahead, 'u')) {
		return REPLACEMENT;
	}
	low = hex_cut(&ahead);
	if (ahead.failed || low < 0xdc00 || low > 0xdfff) {
		return REPLACEMENT;
	}
	c->at = ahead.at;
	return 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00));
}

static char *
escape_cut(struct cut *c, char *to)
{
	static const char names[] = "\"\\/bfnrt";
	static const char means[] = "\"\\/\b\f\n\r\t";
	char name = c->at < c->end ? *c->at : '\0';
	const char *found = name == '\0' ? NULL : strchr(names, name);

	if (take(c, 'u')) {
		return utf8_put(to, code_cut(c));
	}
	if (found == NULL) {
		c->failed = true;
		return to;
	}
	c->at++;
	*to++ = means[found - names];
	return to;
}

/* The text behind its first quote, without escapes; it only becomes shorter. */
static const char *
text_cut(struct cut *c, size_t *length)
{
	const char *close = c->at;
	char *text;
	char *to;

	while (close < c->end && *close != '"') {
		close += *close == '\\' && c->end - close > 1 ? 2 : 1;
	}
	text = arena_alloc(c->a, (size_t)(close - c->at) + 4);
	to = text;
	while (!c->failed && !take(c, '"')) {
		struct utf8_char next;

		if (c->at == c->end || (unsigned char)*c->at < 0x20) {
			c->failed = true;
		} else if (take(c, '\\')) {
			to = escape_cut(c, to);
		} else {
			next = utf8_look(c->at, (size_t)(c->end - c->at));
			c->failed = next.kind == UTF8_INVALID;
			memcpy(to, c->at, next.length);
			to += next.length;
			c->at += next.length;
		}
	}
	*length = (size_t)(to - text);
	return text;
}

static void
digits_skip(struct cut *c)
{
	const char *first = c->at;

	while (c->at < c->end && *c->at >= '0' && *c->at <= '9') {
		c->at++;
	}
	if (c->at == first) {
		c->failed = true;
	}
}

/* number = ["-"] int ["." digits] [("e"|"E") ["+"|"-"] digits] */
static void
number_cut(struct cut *c, struct node *n)
{
	bool is_negative = take(c, '-');
	const char *first = c->at;

	n->kind = NODE_NUMBER;
	n->is_whole = true;
	if (!take(c, '0')) {
		digits_skip(c);
	}
	for (const char *p = first; p < c->at && n->is_whole; p++) {
		int64_t digit = is_negative ? -(*p - '0') : *p - '0';

		n->is_whole = !__builtin_mul_overflow(n->number, 10, &n->number) &&
			      !__builtin_add_overflow(n->number, digit, &n->number);
	}
	if (take(c, '.')) {
		n->is_whole = false;
		digits_skip(c);
	}
	if (take(c, 'e') || take(c, 'E')) {
		n->is_whole = false;
		if (!take(c, '+')) {
			(void)take(c, '-');
		}
		digits_skip(c);
	}
}

static void
word_cut(struct cut *c, struct node *n)
{
	static const struct {
		const char *word;
		enum node_kind kind;
	} words[] = {{"true", NODE_TRUE}, {"false", NODE_FALSE}, {"null", NODE_NULL}};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t length = strlen(words[i].word);

		if ((size_t)(c->end - c->at) >= length &&
			memcmp(c->at, words[i].word, length) == 0) {
			c->at += length;
			n->kind = words[i].kind;
			return;
		}
	}
	c->failed = true;
}

/* [[TEXT ":"] value {"," ...}] close; bounded by the bytes that are left */
static void
members_cut(struct cut *c, struct node *n, char close, uint32_t depth)
{
	struct node **end = &n->first;

	blanks_skip(c);
	if (take(c, close)) {
		return;
	}
	while (!c->failed) {
		const char *key = NULL;
		size_t length;

		blanks_skip(c);
		if (n->kind == NODE_OBJECT) {
			expect(c, '"');
			key = c->failed ? NULL : text_cut(c, &length);
			blanks_skip(c);
			expect(c, ':');
		}
		*end = value_cut(c, depth + 1);
		(*end)->key = key;
		end = &(*end)->next;
		blanks_skip(c);
		if (take(c, close)) {
			return;
		}
		expect(c, ',');
	}
}

/* Recursion is bounded by NODE_DEPTH_MAX. */
static struct node *
value_cut(struct cut *c, uint32_t depth)
{
	struct node *n = arena_alloc(c->a, sizeof *n);

	blanks_skip(c);
	n->raw = c->at;
	if (c->failed || depth > NODE_DEPTH_MAX || c->at == c->end) {
		c->failed = true;
	} else if (take(c, '{')) {
		n->kind = NODE_OBJECT;
		members_cut(c, n, '}', depth);
	} else if (take(c, '[')) {
		n->kind = NODE_ARRAY;
		members_cut(c, n, ']', depth);
	} else if (take(c, '"')) {
		n->kind = NODE_TEXT;
		n->text = text_cut(c, &n->length);
	} else if (*c->at == '-' || (*c->at >= '0' && *c->at <= '9')) {
		number_cut(c, n);
	} else {
		word_cut(c, n);
	}
	n->raw_length = (size_t)(c->at - n->raw);
	return n;
}

const struct node *
node_read(struct arena *a, const char *bytes, size_t size)
{
	struct cut c = {.a = a, .at = bytes, .end = bytes + size};
	const struct node *n = value_cut(&c, 0);

	blanks_skip(&c);
	return c.failed || c.at != c.end ? NULL : n;
}

const struct node *
node_member(const struct node *object, const char *key)
{
	if (object == NULL || object->kind != NODE_OBJECT) {
		return NULL;
	}
	for (const struct node *n = object->first; n != NULL; n = n->next) {
		if (strcmp(n->key, key) == 0) {
			return n;
		}
	}
	return NULL;
}

const struct node *
node_of(const struct node *object, const char *key, enum node_kind kind)
{
	const struct node *n = node_member(object, key);

	return n == NULL || n->kind != kind ? NULL : n;
}

bool
node_number(const struct node *object, const char *key, uint32_t max, uint32_t *number)
{
	const struct node *n = node_of(object, key, NODE_NUMBER);

	if (n == NULL || !n->is_whole || n->number < 0 || n->number > (int64_t)max) {
		return false;
	}
	*number = (uint32_t)n->number;
	return true;
}
