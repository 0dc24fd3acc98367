/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diag_print.c: findings as text with a caret, or as JSON. */
#include "diag.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compile.h"

/* Of a long line only this many bytes around the fault are shown. */
#define SHOWN_BYTES_MAX 160u

struct colours {
	const char *place;
	const char *error;
	const char *warning;
	const char *caret;
	const char *off;
};

static const struct colours colours_on = {
	"\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;32m", "\033[0m"};
static const struct colours colours_none = {"", "", "", "", ""};

/* A piece of a source line, [first, end) in bytes of the file. */
struct excerpt {
	size_t first;
	size_t end;
};

struct diag_style
diag_style_for(FILE *out, bool json)
{
	const char *no_colour = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");
	bool plain = (no_colour != NULL && no_colour[0] != '\0') || terminal == NULL ||
		     strcmp(terminal, "dumb") == 0;

	return (struct diag_style){.json = json, .colour = !plain && isatty(fileno(out)) == 1};
}

/* Prints text for a terminal: nothing in it can move the cursor or change the screen. */
static void
print_plain(FILE *out, const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		(void)fputc(byte < 0x20 || byte == 0x7f ? '?' : byte, out);
	}
}

static struct excerpt
excerpt_find(const struct source *s, struct span at)
{
	size_t offset = at.offset < s->size ? at.offset : s->size;
	struct excerpt e = {offset, offset};

	while (e.first > 0 && s->text[e.first - 1] != '\n' &&
		offset - e.first < SHOWN_BYTES_MAX / 2) {
		e.first--;
	}
	while (e.end < s->size && s->text[e.end] != '\n' && e.end - e.first < SHOWN_BYTES_MAX) {
		e.end++;
	}
	if (e.end > e.first && s->text[e.end - 1] == '\r') {
		e.end--;
	}
	return e;
}

static bool
is_continuation(char byte)
{
	return ((unsigned char)byte & 0xc0u) == 0x80;
}

static void
print_source_line(FILE *out, const struct source *s, struct excerpt e)
{
	(void)fputs("    ", out);
	for (size_t i = e.first; i < e.end; i++) {
		unsigned char byte = (unsigned char)s->text[i];
		bool control = (byte < 0x20 && byte != '\t') || byte == 0x7f;

		(void)fputc(control ? '?' : byte, out);
	}
	(void)fputc('\n', out);
}

/* One column for each character, tabs kept, so that the caret stands under the fault. */
static void
print_caret(FILE *out, const struct source *s, struct excerpt e, struct span at,
	const struct colours *colour)
{
	size_t last = at.offset + (at.length > 0 ? at.length : 1);

	(void)fputs("    ", out);
	for (size_t i = e.first; i < at.offset && i < e.end; i++) {
		if (!is_continuation(s->text[i])) {
			(void)fputc(s->text[i] == '\t' ? '\t' : ' ', out);
		}
	}
	(void)fprintf(out, "%s^", colour->caret);
	for (size_t i = (size_t)at.offset + 1; i < last && i < e.end; i++) {
		if (!is_continuation(s->text[i])) {
			(void)fputc('~', out);
		}
	}
	(void)fprintf(out, "%s\n", colour->off);
}

static void
print_place(FILE *out, const struct source *s, struct span at, const struct colours *colour)
{
	(void)fputs(colour->place, out);
	print_plain(out, s->path);
	if (at.line > 0) {
		(void)fprintf(out, ":%u:%u", at.line, at.col);
	}
	(void)fprintf(out, ":%s ", colour->off);
}

static void
print_excerpt(FILE *out, const struct source *s, struct span at, const struct colours *colour)
{
	if (at.line > 0) {
		struct excerpt e = excerpt_find(s, at);

		print_source_line(out, s, e);
		print_caret(out, s, e, at, colour);
	}
}

static void
print_text(struct compile *c, FILE *out, const struct diag *d, const struct colours *colour)
{
	const struct source *s = source_find(c, d->at.file);
	bool is_error = d->severity == DIAG_ERROR;

	print_place(out, s, d->at, colour);
	(void)fprintf(out, "%s%s:%s ", is_error ? colour->error : colour->warning,
		is_error ? "error" : "warning", colour->off);
	print_plain(out, d->sentence);
	if (d->clause != NULL) {
		(void)fprintf(out, " [%s]", d->clause);
	}
	(void)fputc('\n', out);
	print_excerpt(out, s, d->at, colour);
	for (const struct diag_note *n = d->notes; n != NULL; n = n->next) {
		const struct source *other = source_find(c, n->at.file);

		print_place(out, other, n->at, colour);
		(void)fputs("note: ", out);
		print_plain(out, n->sentence);
		(void)fputc('\n', out);
		print_excerpt(out, other, n->at, colour);
	}
	if (d->help != NULL) {
		(void)fputs("help: ", out);
		print_plain(out, d->help);
		(void)fputc('\n', out);
	}
}

static void
json_string(FILE *out, const char *name, const char *text)
{
	(void)fprintf(out, "\"%s\":", name);
	if (text == NULL) {
		(void)fputs("null", out);
		return;
	}
	(void)fputc('"', out);
	for (; *text != '\0'; text++) {
		unsigned char byte = (unsigned char)*text;

		if (byte == '"' || byte == '\\') {
			(void)fprintf(out, "\\%c", byte);
		} else if (byte < 0x20 || byte == 0x7f) {
			(void)fprintf(out, "\\u%04x", byte);
		} else {
			(void)fputc(byte, out);
		}
	}
	(void)fputc('"', out);
}

static void
json_place(FILE *out, const struct source *s, struct span at)
{
	json_string(out, "file", s->path);
	(void)fprintf(out, ",\"line\":%u,\"col\":%u,\"offset\":%u,\"length\":%u,", at.line, at.col,
		at.offset, at.length);
}

static void
print_json(struct compile *c, FILE *out, const struct diag *d)
{
	(void)fputc('{', out);
	json_place(out, source_find(c, d->at.file), d->at);
	json_string(out, "severity", d->severity == DIAG_ERROR ? "error" : "warning");
	(void)fputc(',', out);
	json_string(out, "clause", d->clause);
	(void)fputc(',', out);
	json_string(out, "message", d->sentence);
	(void)fputc(',', out);
	json_string(out, "help", d->help);
	(void)fputs(",\"notes\":[", out);
	for (const struct diag_note *n = d->notes; n != NULL; n = n->next) {
		(void)fputc('{', out);
		json_place(out, source_find(c, n->at.file), n->at);
		json_string(out, "message", n->sentence);
		(void)fputs(n->next == NULL ? "}" : "},", out);
	}
	(void)fputs("]}\n", out);
}

void
diag_print(struct compile *c, FILE *out, struct diag_style style)
{
	const struct colours *colour = style.colour ? &colours_on : &colours_none;

	for (const struct diag *d = c->diags.first; d != NULL; d = d->next) {
		if (style.json) {
			print_json(c, out, d);
		} else {
			print_text(c, out, d, colour);
		}
	}
	c->diags.first = NULL;
	if (c->diags.error_count > DIAG_COUNT_MAX && !style.json) {
		(void)fprintf(out, "gate: %u more errors are not shown\n",
			c->diags.error_count - DIAG_COUNT_MAX);
	}
}
