/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* packet.c: the frames of the protocol. */
#include "packet.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "ksm/gate/arena.h"

#define LINE_MAX_BYTES 1024u /* of a header; more is read and forgotten */

static const char length_name[] = "Content-Length:";

/* Reads a line without its end. Returns false at the end of the input. */
static bool
line_read(FILE *in, char *line)
{
	size_t size = 0;
	int c = fgetc(in);

	while (c != EOF && c != '\n') {
		if (size < LINE_MAX_BYTES - 1) {
			line[size++] = (char)c;
		}
		c = fgetc(in);
	}
	if (size > 0 && line[size - 1] == '\r') {
		size--;
	}
	line[size] = '\0';
	return c != EOF;
}

/* The number behind the name: digits and nothing else. Returns false if it is none. */
static bool
length_cut(const char *text, size_t *length)
{
	text += strspn(text, " \t");
	*length = 0;
	if (*text == '\0') {
		return false;
	}
	for (; *text >= '0' && *text <= '9'; text++) {
		*length = *length > SIZE_MAX / 16 ? *length : *length * 10 + (size_t)(*text - '0');
	}
	return text[strspn(text, " \t")] == '\0';
}

/* Takes bytes that nobody wants. Returns false at the end of the input. */
static bool
bytes_skip(FILE *in, size_t size)
{
	while (size > 0) {
		if (fgetc(in) == EOF) {
			return false;
		}
		size--;
	}
	return true;
}

enum packet_result
packet_read(FILE *in, struct arena *a, char **bytes, size_t *size)
{
	char line[LINE_MAX_BYTES];
	bool has_length = false;
	bool is_broken = false;

	while (line_read(in, line)) {
		bool is_length = strncasecmp(line, length_name, sizeof length_name - 1) == 0;

		if (is_length) {
			is_broken = !length_cut(line + sizeof length_name - 1, size);
			has_length = !is_broken;
		} else if (line[0] == '\0' && has_length) {
			if (*size > PACKET_SIZE_MAX) {
				return bytes_skip(in, *size) ? PACKET_TOO_LONG : PACKET_END;
			}
			*bytes = arena_alloc(a, *size + 1);
			return fread(*bytes, 1, *size, in) == *size ? PACKET_OK : PACKET_END;
		} else if (line[0] == '\0' || strchr(line, ':') == NULL) {
			return PACKET_BROKEN;
		}
	}
	return is_broken ? PACKET_BROKEN : PACKET_END;
}

bool
packet_write(FILE *out, const char *bytes, size_t size)
{
	return fprintf(out, "Content-Length: %zu\r\n\r\n", size) > 0 &&
	       fwrite(bytes, 1, size, out) == size && fflush(out) == 0;
}
