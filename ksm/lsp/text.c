/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* text.c: positions in a text as editors count them, and texts as JSON. */
#include "text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ksm/gate/buffer.h"

#include "ksm/gate/utf8.h"

/* Characters beyond the first plane are a pair. */
static uint32_t
units_of(struct utf8_char c)
{
	return c.kind != UTF8_INVALID && c.length == 4 ? 2 : 1;
}

/* A line ends with LF, CR LF or CR. Returns how long its end is at this byte, 0 if it goes on. */
static size_t
line_end(const char *text, size_t size, size_t at)
{
	if (text[at] == '\r') {
		return at + 1 < size && text[at + 1] == '\n' ? 2 : 1;
	}
	return text[at] == '\n' ? 1 : 0;
}

struct text_position
text_position(const char *text, size_t size, size_t offset)
{
	struct text_position p = {0};
	size_t at = 0;

	while (at < offset && at < size) {
		size_t end = line_end(text, size, at);

		if (end > 0) {
			at += end;
			if (at <= offset) {
				p.line++;
				p.character = 0;
			}
		} else {
			struct utf8_char c = utf8_look(text + at, size - at);

			at += c.length;
			p.character += units_of(c);
		}
	}
	return p;
}

size_t
text_offset(const char *text, size_t size, struct text_position wanted)
{
	size_t at = 0;
	uint32_t units = 0;

	for (uint32_t line = 0; line < wanted.line && at < size;) {
		size_t end = line_end(text, size, at);

		line += end > 0;
		at += end > 0 ? end : 1;
	}
	while (at < size && line_end(text, size, at) == 0) {
		struct utf8_char c = utf8_look(text + at, size - at);

		units += units_of(c);
		if (units > wanted.character) {
			break;
		}
		at += c.length;
	}
	return at;
}

void
text_key(struct buffer *b, const char *key)
{
	char last = b->size == 0 ? '{' : b->bytes[b->size - 1];

	buffer_text(b, last == '{' ? "\"" : ",\"");
	buffer_text(b, key);
	buffer_text(b, "\":");
}

void
text_json(struct buffer *b, const char *bytes, size_t length)
{
	buffer_text(b, "\"");
	for (size_t at = 0; at < length;) {
		struct utf8_char c = utf8_look(bytes + at, length - at);
		unsigned char byte = (unsigned char)bytes[at];
		char escape[8];

		if (c.kind == UTF8_INVALID) {
			buffer_text(b, "\xef\xbf\xbd");
		} else if (byte == '"' || byte == '\\') {
			buffer_add(b, "\\", 1);
			buffer_add(b, bytes + at, 1);
		} else if (byte == '\n') {
			buffer_text(b, "\\n");
		} else if (byte < 0x20 || byte == 0x7f) {
			(void)snprintf(escape, sizeof escape, "\\u%04x", byte);
			buffer_text(b, escape);
		} else {
			buffer_add(b, bytes + at, c.length);
		}
		at += c.length;
	}
	buffer_text(b, "\"");
}

void
text_number(struct buffer *b, uint64_t number)
{
	char digits[24];

	(void)snprintf(digits, sizeof digits, "%" PRIu64, number);
	buffer_text(b, digits);
}

static void
position_add(struct buffer *b, struct text_position p)
{
	buffer_text(b, "{\"line\":");
	text_number(b, p.line);
	buffer_text(b, ",\"character\":");
	text_number(b, p.character);
	buffer_text(b, "}");
}

void
text_range(struct buffer *b, const char *text, size_t size, size_t offset, size_t length)
{
	buffer_text(b, "{\"start\":");
	position_add(b, text_position(text, size, offset));
	buffer_text(b, ",\"end\":");
	position_add(b, text_position(text, size, offset + length));
	buffer_text(b, "}");
}
