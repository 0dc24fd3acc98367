/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lex.c: one pass over the bytes; a fault becomes a BAD token and the pass goes on. */
#include "lex.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "ast_expr.h"
#include "compile.h"
#include "lex_number.h"
#include "utf8.h"
#include "vector.h"

#define NAME_LENGTH_MAX 63u
#define TOKEN_COUNT_MAX ((uint32_t)1 << 22)

struct scanner {
	struct compile *compile;
	struct lex *out;
	const char *text;
	size_t size;
	size_t at;
	uint32_t line;
	size_t line_start; /* offset of the first byte of the line */
	uint32_t newlines; /* since the last token or comment */
	bool fresh;        /* nothing but comments stands on this line so far */
	bool is_piecewise;
	uint32_t token_capacity;
	uint32_t forgotten;     /* tokens */
	struct vector comments; /* struct lex_comment */
};

struct mark {
	const char *spelling;
	uint8_t length;
	uint8_t kind;
};

static const struct mark marks[] = {
#define MARK(kind, spelling) {spelling, sizeof(spelling) - 1, TOKEN_##kind},
#include "tokens.def"
};

/* What people write who come from other languages. */
static const struct {
	const char *spelling;
	const char *sentence;
	const char *help;
} foreign[] = {
	{"==", "`==` is not known", "equality is written `=`"},
	{"=>", "`=>` is not known", "write `->`, or `>=` for a comparison"},
	{"&&", "`&&` is not known", "write `and`"},
	{"||", "`||` is not known", "write `or`"},
	{"!", "`!` is not known", "write `not`, or `!=` for unequal"},
	{"//", "`//` is not known", "a comment begins with `#`"},
	{"/*", "`/*` is not known", "a comment begins with `#` and ends with its line"},
	{"/", "there is no division", "a rate is written `rate 5 per 1s`"},
	{"'", "`'` is not known", "texts stand in double quotes"},
	{"%", "`%` is not known", "the only operators on numbers are `+` and `-`"},
	{"\\", "`\\` is not known", "a line needs no mark to go on"},
};

static struct span
span_here(const struct scanner *s, size_t length)
{
	return (struct span){
		.file = s->out->source->id,
		.offset = (uint32_t)s->at,
		.length = (uint32_t)length,
		.line = s->line,
		.col = (uint32_t)(s->at - s->line_start) + 1,
	};
}

/* They are copied, not moved: of those who read on there are pointers to the old ones. */
static void
tokens_grow(struct scanner *s)
{
	struct lex *out = s->out;
	uint32_t more = s->token_capacity == 0 ? 1024 : s->token_capacity * 2;
	struct token *tokens = arena_array(&s->compile->tokens, more, sizeof(*tokens));

	if (out->token_count != 0) {
		memcpy(tokens, out->tokens, out->token_count * sizeof(*tokens));
	}
	out->tokens = tokens;
	s->token_capacity = more;
}

/* Appends a token of length bytes at the scanner's place and moves behind it. */
static struct token *
token_add(struct scanner *s, enum token_kind kind, size_t length)
{
	struct lex *out = s->out;
	struct token *t;

	if (out->token_count == s->token_capacity) {
		tokens_grow(s);
	}
	t = &out->tokens[out->token_count++];
	t->kind = (uint8_t)kind;
	t->first_on_line = s->fresh;
	t->blank_before = s->newlines >= 2;
	t->span = span_here(s, length);
	s->fresh = false;
	s->newlines = 0;
	s->at += length;
	return t;
}

static void
bad_add(struct scanner *s, size_t length, const char *clause, const char *sentence,
	const char *help)
{
	struct lex_fault *fault = arena_alloc(&s->compile->arena, sizeof(*fault));

	*fault = (struct lex_fault){clause, sentence, help};
	token_add(s, TOKEN_BAD, length)->fault = fault;
}

static bool
starts_with(const struct scanner *s, const char *spelling, size_t length)
{
	return s->size - s->at >= length && s->text[s->at] == spelling[0] &&
	       memcmp(s->text + s->at, spelling, length) == 0;
}

static bool
is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static bool
is_line_end(const struct scanner *s, size_t at)
{
	return at >= s->size || s->text[at] == '\n' ||
	       (s->text[at] == '\r' && at + 1 < s->size && s->text[at + 1] == '\n');
}

/* A character that cannot stand where it does, with its reason. */
static void
char_refuse(struct scanner *s, size_t at, const char *where)
{
	struct arena *a = &s->compile->arena;
	struct utf8_char ch = utf8_look(s->text + at, s->size - at);
	const char *sentence;
	const char *help = NULL;

	if (ch.kind == UTF8_INVALID) {
		sentence = arena_format(a, "the byte 0x%02x is not UTF-8", (unsigned)ch.code);
		help = "save the file as UTF-8";
	} else if (ch.code == 0) {
		sentence = "there is a NUL byte";
		help = "is this a text file, saved as UTF-8?";
	} else if (ch.kind == UTF8_CONTROL) {
		sentence = arena_format(
			a, "the control character U+%04X stands in %s", (unsigned)ch.code, where);
		help = "take it out";
	} else if (ch.kind == UTF8_DIRECTION) {
		sentence = arena_format(a, "U+%04X makes the line read other than it is written",
			(unsigned)ch.code);
		help = "take it out";
	} else if (ch.code == 0x201c || ch.code == 0x201d || ch.code == 0x201e) {
		sentence = "this is a typographic quote";
		help = "texts stand in `\"`";
	} else if (ch.code >= 0x80) {
		sentence = arena_format(
			a, "U+%04X stands outside of texts and comments", (unsigned)ch.code);
		help = "words are made of the letters a to z, digits and `_`";
	} else {
		sentence = arena_format(a, "`%c` is not known", (int)ch.code);
	}
	s->at = at;
	bad_add(s, ch.length, "G1", sentence, help);
}

/* Returns the end of the line's good characters; tabs are good. *good says whether all were. */
static size_t
text_end(const struct scanner *s, bool *good)
{
	size_t at = s->at;

	*good = true;
	while (!is_line_end(s, at)) {
		struct utf8_char ch = utf8_look(s->text + at, s->size - at);

		if (ch.kind != UTF8_GOOD && ch.code != '\t') {
			*good = false;
			break;
		}
		at += ch.length;
	}
	return at;
}

static void
comment_add(struct scanner *s, size_t length)
{
	struct lex_comment comment = {
		.span = span_here(s, length),
		.before = s->out->token_count,
		.own_line = s->fresh,
		.blank_before = s->newlines >= 2,
	};

	s->newlines = 0;
	if (!s->is_piecewise) {
		*(struct lex_comment *)vector_push(
			&s->comments, &s->compile->arena, sizeof comment) = comment;
	}
}

/* `#` comment, or `##` doc; three or more `#` are a comment: people draw lines with them. */
static void
scan_comment(struct scanner *s)
{
	bool is_doc = starts_with(s, "##", 2) && !starts_with(s, "###", 3);
	size_t start = s->at;
	bool good;
	size_t end = text_end(s, &good);
	size_t shown = end;

	if (!good) {
		char_refuse(s, end, "a comment");
		while (!is_line_end(s, s->at)) {
			s->at++;
		}
		return;
	}
	while (shown > start + 1 && (s->text[shown - 1] == ' ' || s->text[shown - 1] == '\t')) {
		shown--;
	}
	if (is_doc) {
		size_t from = start + 2;

		if (from < shown && s->text[from] == ' ') {
			from++;
		}
		token_add(s, TOKEN_DOC, shown - start)->text = arena_copy(
			&s->compile->arena, s->text + from, from < shown ? shown - from : 0);
	} else {
		comment_add(s, shown - start);
	}
	s->at = end;
}

static void
scan_string(struct scanner *s)
{
	size_t at = s->at + 1;
	const char *text;

	while (!is_line_end(s, at) && s->text[at] != '"') {
		struct utf8_char ch = utf8_look(s->text + at, s->size - at);

		if (ch.kind != UTF8_GOOD) {
			char_refuse(s, at, "a text");
			return;
		}
		if (ch.code == '\\') {
			s->at = at;
			bad_add(s, 1, "G5", "a text has no escapes",
				"`\\` and `\"` cannot stand in it");
			return;
		}
		at += ch.length;
	}
	if (is_line_end(s, at)) {
		bad_add(s, at - s->at, "G5", "this text has no end", "put `\"` where it ends");
		return;
	}
	text = intern_bytes(
		&s->compile->interned, &s->compile->arena, s->text + s->at + 1, at - s->at - 1);
	token_add(s, TOKEN_STRING, at + 1 - s->at)->text = text;
}

static void
scan_number(struct scanner *s)
{
	struct ast_number *number = arena_alloc(&s->compile->tokens, sizeof(*number));
	struct lex_fault fault;
	size_t end = s->at;
	enum token_kind kind;

	while (end < s->size && (is_word_byte(s->text[end]) || s->text[end] == '\'' ||
					(s->text[end] == '.' && end + 1 < s->size &&
						isdigit((unsigned char)s->text[end + 1])))) {
		end++;
	}
	kind = lex_number(s->compile, s->text + s->at, end - s->at, number, &fault);
	if (kind == TOKEN_BAD) {
		bad_add(s, end - s->at, fault.clause, fault.sentence, fault.help);
		return;
	}
	number->span = span_here(s, end - s->at);
	token_add(s, kind, end - s->at)->number = number;
}

/*
 * A word that touches `.` or `(`, or stands before `:`, is a name; `any` before `:` is not,
 * because a receiver stands there.
 */
static bool
is_name_by_place(const struct scanner *s, size_t end, bool is_any)
{
	const struct lex *out = s->out;
	char next = end < s->size ? s->text[end] : '\0';

	if (out->token_count > 0 && out->tokens[out->token_count - 1].kind == TOKEN_DOT) {
		return true;
	}
	if (next == '.' || next == '(') {
		return true;
	}
	while (end < s->size && isspace((unsigned char)s->text[end])) {
		end++;
	}
	return !is_any && end < s->size && s->text[end] == ':';
}

static void
scan_word(struct scanner *s)
{
	size_t end = s->at;
	size_t length;
	enum token_kind kind;
	const char *text;

	while (end < s->size && is_word_byte(s->text[end])) {
		end++;
	}
	kind = token_word_find(s->text + s->at, end - s->at);
	if (kind == TOKEN_ANY && end < s->size && s->text[end] == '!' &&
		!(end + 1 < s->size && s->text[end + 1] == '=')) {
		kind = TOKEN_ANY_LOUD;
		end++;
	} else if (is_name_by_place(s, end, kind == TOKEN_ANY)) {
		kind = TOKEN_NAME;
	}
	length = end - s->at;
	if (length > NAME_LENGTH_MAX) {
		bad_add(s, length, "G2", "this name has more than 63 characters", "shorten it");
		return;
	}
	text = intern_bytes(&s->compile->interned, &s->compile->arena, s->text + s->at, length);
	token_add(s, kind, length)->text = text;
}

/* Returns whether a spelling of that length from another language stands here; refuses it. */
static bool
foreign_refuse(struct scanner *s, size_t length)
{
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
		if (starts_with(s, foreign[i].spelling, length) &&
			foreign[i].spelling[length] == '\0') {
			bad_add(s, length, "G8", foreign[i].sentence, foreign[i].help);
			return true;
		}
	}
	return false;
}

static void
scan_mark(struct scanner *s)
{
	if (foreign_refuse(s, 2)) {
		return;
	}
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (starts_with(s, marks[i].spelling, marks[i].length)) {
			(void)token_add(s, (enum token_kind)marks[i].kind, marks[i].length);
			return;
		}
	}
	if (!foreign_refuse(s, 1)) {
		char_refuse(s, s->at, "the source");
	}
}

static void
scan_newline(struct scanner *s)
{
	s->at++;
	s->line++;
	s->line_start = s->at;
	s->newlines++;
	s->fresh = true;
}

static void
scan_one(struct scanner *s)
{
	char c = s->text[s->at];

	if (c == '\n') {
		scan_newline(s);
	} else if (c == ' ' || c == '\t' || c == ';' || (c == '\r' && is_line_end(s, s->at))) {
		s->at++;
	} else if (c == '#') {
		scan_comment(s);
	} else if (c == '"') {
		scan_string(s);
	} else if (isdigit((unsigned char)c)) {
		scan_number(s);
	} else if (is_word_byte(c)) {
		scan_word(s);
	} else {
		scan_mark(s);
	}
}

/* Goes on at the first word of a line. */
static void
place_set(struct scanner *s, struct span at)
{
	s->at = at.offset;
	s->line = at.line;
	s->line_start = at.offset - (at.col - 1);
	s->fresh = true;
	s->newlines = 0;
}

struct lex *
lex_begin(struct compile *c, const struct source *source, struct span start)
{
	struct lex *out = arena_alloc(&c->arena, sizeof(*out));
	struct scanner *s = arena_alloc(&c->arena, sizeof(*s));

	out->source = source;
	out->scanner = s;
	*s = (struct scanner){
		.compile = c,
		.out = out,
		.text = source->text,
		.size = source->size,
		.line = 1,
		.fresh = true,
		.is_piecewise = true,
	};
	if (start.line != 0) {
		place_set(s, start);
	} else if (starts_with(s, "\xef\xbb\xbf", 3)) { /* a byte order mark is harmless */
		s->at = 3;
		s->line_start = 3;
	}
	return out;
}

void
lex_fill(struct lex *lex, uint32_t count)
{
	struct scanner *s = lex->scanner;

	while (lex->token_count < count &&
		(lex->token_count == 0 || lex->tokens[lex->token_count - 1].kind != TOKEN_END)) {
		if (s->at >= s->size) {
			(void)token_add(s, TOKEN_END, 0);
		} else if (s->forgotten + lex->token_count < TOKEN_COUNT_MAX) {
			scan_one(s);
		} else {
			bad_add(s, 1, "G1", "this file has more than 4194304 words and marks",
				"split it");
			s->at = s->size;
		}
	}
}

void
lex_forget(struct lex *lex, uint32_t index)
{
	struct scanner *s = lex->scanner;
	struct token last = lex->tokens[index - 1];
	struct token first = lex->tokens[index];

	assert(index > 0 && first.first_on_line && s->is_piecewise);
	arena_reset(&s->compile->tokens);
	s->token_capacity = 0;
	s->forgotten += index - 1;
	lex->token_count = 0;
	tokens_grow(s);
	last.text = NULL;
	lex->tokens[lex->token_count++] = last;
	place_set(s, first.span);
	s->newlines = first.blank_before ? 2 : 0;
}

struct lex *
lex_source(struct compile *c, const struct source *source)
{
	struct lex *out = lex_begin(c, source, span_of_file(source));

	out->scanner->is_piecewise = false;
	lex_fill(out, UINT32_MAX);
	out->comments = out->scanner->comments.elements;
	out->comment_count = out->scanner->comments.count;
	return out;
}
