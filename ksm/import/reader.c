/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* reader.c: bytes to words; comments of C, strings without escapes, names with dots. */
#include "reader.h"

#include <stdarg.h>
#include <string.h>

#include "ksm/gate/compile.h"
#include "ksm/gate/diag.h"
#include "ksm/gate/intern.h"

#define NEST_MAX 64u

/* Longer marks stand before their beginnings. */
static const char *const marks[] = {"==>", "==", "!=", "<=", ">=", "&&", "||", "<-", "~>", "{", "}",
	"(", ")", "[", "]", "<", ">", "=", ":", ",", ";", "!", "~", "+", "-", "*", "/", "|", "&",
	".", "@", "$"};

static void word_read(struct reader *r);

void
reader_begin(struct reader *r, struct compile *c, const struct source *s)
{
	memset(r, 0, sizeof *r);
	r->compile = c;
	r->source = s;
	r->line = 1;
	if (s->size >= 3 && memcmp(s->text, "\xef\xbb\xbf", 3) == 0) {
		r->at = 3;
	}
	word_read(r);
}

static void
refuse_at(struct reader *r, struct span at, const char *format, va_list arguments)
{
	if (!r->failed) {
		r->failed = true;
		(void)diag_error(r->compile, at, NULL, "%s",
			arena_vformat(&r->compile->arena, format, arguments));
	}
	r->word.kind = WORD_END;
	r->word.text = "";
}

void
reader_refuse(struct reader *r, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	refuse_at(r, r->word.span, format, arguments);
	va_end(arguments);
}

bool
reader_is(const struct reader *r, const char *text)
{
	return (r->word.kind == WORD_MARK || r->word.kind == WORD_NAME) &&
	       strcmp(r->word.text, text) == 0;
}

bool
reader_take(struct reader *r, const char *text)
{
	if (!reader_is(r, text)) {
		return false;
	}
	reader_next(r);
	return true;
}

void
reader_next(struct reader *r)
{
	r->last = r->word;
	if (!r->failed) {
		word_read(r);
	}
}

const char *
reader_found(const struct reader *r)
{
	return r->word.kind == WORD_END ? "the end of the file"
					: arena_format(&r->compile->arena, "`%s`", r->word.text);
}

void
reader_expect(struct reader *r, const char *text)
{
	if (!reader_take(r, text)) {
		reader_refuse(r, "`%s` is due here, not %s", text, reader_found(r));
	}
}

const char *
reader_name(struct reader *r, const char *what)
{
	if (r->word.kind != WORD_NAME) {
		reader_refuse(r, "%s is due here, not %s", what, reader_found(r));
		return "";
	}
	reader_next(r);
	return r->last.text;
}

const char *
reader_text(struct reader *r, const char *what)
{
	if (r->word.kind != WORD_TEXT) {
		reader_refuse(r, "%s is due here, not %s", what, reader_found(r));
		return "";
	}
	reader_next(r);
	return r->last.text;
}

void
reader_skip_bracket(struct reader *r)
{
	uint32_t depth = 0;

	do {
		if (reader_is(r, "{") || reader_is(r, "(") || reader_is(r, "[")) {
			depth++;
		} else if (reader_is(r, "}") || reader_is(r, ")") || reader_is(r, "]")) {
			depth--;
		} else if (r->word.kind == WORD_END || depth > NEST_MAX) {
			reader_refuse(r, "a bracket is not closed before %s", reader_found(r));
			return;
		}
		reader_next(r);
	} while (depth != 0);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
begins(const struct reader *r, size_t at, const char *text)
{
	size_t length = strlen(text);

	return length <= r->source->size - at && memcmp(r->source->text + at, text, length) == 0;
}

/* The place of length bytes from the offset at, which stand on the reader's line. */
static struct span
place(const struct reader *r, size_t at, size_t length)
{
	return (struct span){.file = r->source->id,
		.offset = (uint32_t)at,
		.length = (uint32_t)length,
		.line = r->line,
		.col = (uint32_t)(at - r->line_start) + 1};
}

static void
line_end(struct reader *r)
{
	r->line++;
	r->line_start = r->at + 1;
}

static void
comment_skip(struct reader *r)
{
	struct span start = place(r, r->at, 2);

	r->at += 2;
	while (r->at < r->source->size && !begins(r, r->at, "*/")) {
		if (r->source->text[r->at] == '\n') {
			line_end(r);
		}
		r->at++;
	}
	if (r->at == r->source->size) {
		r->word.span = start;
		reader_refuse(r, "this comment has no end");
		return;
	}
	r->at += 2;
}

static void
blanks_skip(struct reader *r)
{
	while (r->at < r->source->size && !r->failed) {
		char c = r->source->text[r->at];

		if (begins(r, r->at, "//")) {
			while (r->at < r->source->size && r->source->text[r->at] != '\n') {
				r->at++;
			}
		} else if (begins(r, r->at, "/*")) {
			comment_skip(r);
		} else if (c == '\n') {
			line_end(r);
			r->at++;
		} else if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
			r->at++;
		} else {
			return;
		}
	}
}

/* Takes length bytes as the next word. */
static void
word_set(struct reader *r, enum word_kind kind, size_t length)
{
	r->word.kind = kind;
	r->word.span = place(r, r->at, length);
	r->word.text = intern_bytes(
		&r->compile->interned, &r->compile->arena, r->source->text + r->at, length);
	r->at += length;
}

static void
name_read(struct reader *r)
{
	const char *text = r->source->text + r->at;
	size_t left = r->source->size - r->at;
	size_t length = 0;

	while (length < left && (is_letter(text[length]) || is_digit(text[length]) ||
					(text[length] == '.' && length + 1 < left &&
						is_letter(text[length + 1])))) {
		length++;
	}
	word_set(r, WORD_NAME, length);
}

static int
digit_value(char c)
{
	if (is_digit(c)) {
		return c - '0';
	}
	if (c >= 'a' && c <= 'f') {
		return c - 'a' + 10;
	}
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

static void
number_read(struct reader *r)
{
	const char *text = r->source->text + r->at;
	size_t left = r->source->size - r->at;
	uint64_t base = 10;
	size_t start = 0;
	size_t length;
	uint64_t value = 0;
	bool fits = true;

	if (left > 1 && text[0] == '0' && strchr("xXbBoO", text[1]) != NULL) {
		base = strchr("xX", text[1]) != NULL ? 16 : strchr("bB", text[1]) != NULL ? 2 : 8;
		start = 2;
	}
	for (length = start; length < left; length++) {
		uint64_t digit = (uint64_t)digit_value(text[length]);

		if (digit >= base) {
			break;
		}
		fits = fits && value <= (UINT64_MAX - digit) / base;
		value = value * base + digit;
	}
	word_set(r, WORD_NUMBER, length);
	r->word.number = value;
	if (!fits || length == start || is_letter(r->source->text[r->at])) {
		reader_refuse(r, "`%s` is no number of 64 bits", r->word.text);
	}
}

static void
text_read(struct reader *r)
{
	const char *text = r->source->text + r->at;
	const char *end = memchr(text + 1, '"', r->source->size - r->at - 1);
	const char *newline = memchr(text, '\n', r->source->size - r->at);
	size_t length;

	r->word.span = place(r, r->at, 1);
	if (end == NULL || (newline != NULL && newline < end) ||
		memchr(text, 0, (size_t)(end - text)) != NULL) {
		reader_refuse(r, "this text has no end on its line");
		return;
	}
	length = (size_t)(end - text) - 1;
	r->at++;
	word_set(r, WORD_TEXT, length);
	r->at++;
}

static void
word_read(struct reader *r)
{
	char c;

	blanks_skip(r);
	if (r->failed) {
		return;
	}
	if (r->at >= r->source->size) {
		r->word.kind = WORD_END;
		r->word.span = place(r, r->at, 0);
		r->word.text = "";
		return;
	}
	c = r->source->text[r->at];
	if (is_letter(c)) {
		name_read(r);
		return;
	}
	if (is_digit(c)) {
		number_read(r);
		return;
	}
	if (c == '"') {
		text_read(r);
		return;
	}
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (begins(r, r->at, marks[i])) {
			word_set(r, WORD_MARK, strlen(marks[i]));
			return;
		}
	}
	r->word.span = place(r, r->at, 1);
	reader_refuse(r, "this character begins no word");
}
