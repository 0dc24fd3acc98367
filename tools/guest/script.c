/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Lines of standard input, typed one for each prompt of the guest. */
#include "script.h"

#include <string.h>
#include <unistd.h>

static const char goodbye[] = "poweroff\r";

static bool
has_line(const struct script *script)
{
	return memchr(script->bytes, '\n', script->length) != NULL ||
	       script->length == sizeof script->bytes;
}

bool
script_wants_input(const struct script *script)
{
	return !script->ended && !has_line(script);
}

void
script_read(struct script *script, int fd)
{
	ssize_t got =
		read(fd, script->bytes + script->length, sizeof script->bytes - script->length);

	if (got <= 0) {
		script->ended = true;
	} else {
		script->length += (size_t)got;
	}
}

size_t
script_next(struct script *script, char *line)
{
	const char *newline = memchr(script->bytes, '\n', script->length);
	size_t length = newline != NULL ? (size_t)(newline - script->bytes) : script->length;
	size_t used = newline != NULL ? length + 1 : length;

	if (script->length == 0 && script->ended && !script->said_goodbye) {
		script->said_goodbye = true;
		memcpy(line, goodbye, sizeof goodbye - 1);
		return sizeof goodbye - 1;
	}
	if (script->length == 0 || (!has_line(script) && !script->ended)) {
		return 0;
	}
	memcpy(line, script->bytes, length);
	/* A script that was written on another system ends its lines with \r\n. */
	if (length > 0 && line[length - 1] == '\r') {
		length--;
	}
	line[length++] = '\r';
	script->length -= used;
	memmove(script->bytes, script->bytes + used, script->length);
	return length;
}
