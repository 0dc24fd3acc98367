/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* c_text.c: see the header. */
#include "c_text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
c_text(struct buffer *b, const char *format, ...)
{
	va_list arguments;
	char *text;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	text = arena_alloc(b->arena, (size_t)length + 1);
	va_start(arguments, format);
	(void)vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	buffer_text(b, text);
}

static const char *
converted(struct buffer *b, const char *name, int (*convert)(int))
{
	const char *dot = strrchr(name, '.');
	const char *last = dot != NULL ? dot + 1 : name;
	char *copy = arena_copy(b->arena, last, strlen(last));

	for (char *c = copy; *c != '\0'; c++) {
		*c = (char)convert((unsigned char)*c);
	}
	return copy;
}

const char *
c_lower(struct buffer *b, const char *name)
{
	return converted(b, name, tolower);
}

const char *
c_upper(struct buffer *b, const char *name)
{
	return converted(b, name, toupper);
}

static bool
is_among(const char *name, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(name, words[i]) == 0) {
			return true;
		}
	}
	return false;
}

const char *
c_name(struct buffer *b, const char *name)
{
	static const char *const taken[] = {/* C11, and macros of stdbool.h and its like */
		"auto", "break", "case", "char", "const", "continue", "default", "do", "double",
		"else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long",
		"register", "restrict", "return", "short", "signed", "sizeof", "static", "struct",
		"switch", "typedef", "union", "unsigned", "void", "volatile", "while", "bool",
		"true", "false", "asm", "typeof", "errno", "stdin", "stdout", "stderr", "assert",
		"linux", "unix",
		/* the generated code itself */
		"attempt", "buffer", "bytes", "caller", "capability", "context", "copy", "i",
		"message", "request", "server", "status"};

	if (!is_among(name, taken, sizeof(taken) / sizeof(taken[0]))) {
		return name;
	}
	return arena_format(b->arena, "%s_", name);
}

const char *
c_number(struct buffer *b, int64_t value)
{
	if (value == INT64_MIN) {
		return "(-9223372036854775807LL - 1)";
	}
	return arena_format(b->arena, "%" PRId64 "%s", value,
		value > INT32_MAX || value < -INT32_MAX ? "LL" : "");
}

const char *
c_unsigned(struct buffer *b, uint64_t value)
{
	return value <= INT64_MAX ? c_number(b, (int64_t)value)
				  : arena_format(b->arena, "%" PRIu64 "ULL", value);
}

bool
c_has_header(const char *name)
{
	static const char *const headers[] = {"assert", "complex", "ctype", "errno", "fenv",
		"float", "inttypes", "iso646", "limits", "locale", "math", "setjmp", "signal",
		"stdalign", "stdarg", "stdatomic", "stdbool", "stddef", "stdint", "stdio", "stdlib",
		"stdnoreturn", "string", "tgmath", "threads", "time", "uchar", "wchar", "wctype"};

	return is_among(name, headers, sizeof(headers) / sizeof(headers[0]));
}

/* One line of the text, without what would end the comment. Returns what follows it. */
static const char *
comment_line(struct buffer *b, const char *line)
{
	for (; *line != '\0' && *line != '\n'; line++) {
		buffer_add(b, line, 1);
		if (line[0] == '*' && line[1] == '/') {
			buffer_text(b, " ");
		}
	}
	return *line == '\n' ? line + 1 : line;
}

void
c_comment(struct buffer *b, const char *indent, const char *text)
{
	if (text == NULL || *text == '\0') {
		return;
	}
	c_text(b, "%s/* ", indent);
	text = comment_line(b, text);
	while (*text != '\0') {
		c_text(b, "\n%s * ", indent);
		text = comment_line(b, text);
	}
	buffer_text(b, " */\n");
}

void
c_header_start(struct buffer *b, const char *guard, const char *purpose)
{
	c_text(b,
		"/* SPDX-License-Identifier: 0BSD */\n"
		"/* %s Written by `gate stubs`: changes here are lost. */\n"
		"#ifndef %s\n#define %s\n\n",
		purpose, guard, guard);
}

void
c_header_end(struct buffer *b)
{
	buffer_text(b, "#endif\n");
}
