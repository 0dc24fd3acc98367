/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Looks at what the guest writes: is it at its prompt, did it print a fault, did it panic? */
#include "watch.h"

#include <string.h>

static bool
is_fault(const char *line)
{
	const char *fault = strstr(line, "fault: ");

	/* `default: ` is none, and without an address there is nothing to add. */
	return fault != NULL && (fault == line || fault[-1] == ' ') &&
	       strstr(fault, " pc 0x") != NULL;
}

enum watch_event
watch_byte(struct watch *watch, char byte)
{
	enum watch_event event = WATCH_NOTHING;

	if (byte == '\n') {
		watch->line[watch->length] = '\0';
		watch->length = 0;
		if (strncmp(watch->line, "panic: ", 7) == 0) {
			event = WATCH_PANIC;
		} else if (is_fault(watch->line)) {
			event = WATCH_FAULT;
		}
		return event;
	}
	if (byte == '\r' || watch->length + 1 >= sizeof watch->line) {
		return event;
	}
	watch->line[watch->length++] = byte;
	watch->line[watch->length] = '\0';
	return strcmp(watch->line, watch->prompt) == 0 ? WATCH_PROMPT : WATCH_NOTHING;
}

const char *
watch_text(const struct watch *watch)
{
	return watch->line;
}
