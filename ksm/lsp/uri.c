/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* uri.c: names of files as editors write them. */
#include "uri.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "ksm/gate/buffer.h"

static const char scheme[] = "file://";

static int
hex_value(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

const char *
uri_path(struct arena *a, const char *uri)
{
	const char *from = strncmp(uri, scheme, sizeof scheme - 1) == 0
				   ? strchr(uri + sizeof scheme - 1, '/')
				   : NULL;
	struct buffer b;

	if (from == NULL) {
		return uri;
	}
	buffer_init(&b, a);
	while (*from != '\0') {
		char byte = *from;

		if (byte == '%' && isxdigit((unsigned char)from[1]) &&
			isxdigit((unsigned char)from[2]) && strncmp(from, "%00", 3) != 0) {
			byte = (char)(hex_value(from[1]) * 16 + hex_value(from[2]));
			from += 2;
		}
		buffer_add(&b, &byte, 1);
		from++;
	}
	return b.bytes;
}

const char *
uri_of(struct arena *a, const char *path)
{
	struct buffer b;

	if (path[0] != '/') {
		return path;
	}
	buffer_init(&b, a);
	buffer_text(&b, scheme);
	for (; *path != '\0'; path++) {
		unsigned char byte = (unsigned char)*path;
		char escape[4];

		if (isalnum(byte) || strchr("/-._~", byte) != NULL) {
			buffer_add(&b, path, 1);
		} else {
			(void)snprintf(escape, sizeof escape, "%%%02X", byte);
			buffer_text(&b, escape);
		}
	}
	return b.bytes;
}
