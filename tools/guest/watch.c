/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Looks at what the guest writes: is it at its prompt, did it print a fault, did it panic? */
#include "watch.h"

#include <string.h>

enum watch_event
watch_byte(struct watch *watch, char byte)
{
	enum watch_event event = WATCH_NOTHING;

	if (byte == '\n') {
		watch->line[watch->length] = '\0';
		watch->length = 0;
		if (strncmp(watch->line, "panic: ", 7) == 0) {
			event = WATCH_PANIC;
		} else if (strstr(watch->line, "fault: ") != NULL) {
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
