/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Looks at what the guest writes: is it at its prompt, did it print a fault, did it panic? */
#ifndef GUEST_WATCH_H
#define GUEST_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#define WATCH_LINE_BYTES 512

struct watch {
	const char *prompt;          /* a line that is exactly this is a prompt */
	char line[WATCH_LINE_BYTES]; /* the line so far, without \r; what does not fit is dropped */
	size_t length;
};

enum watch_event {
	WATCH_NOTHING,
	WATCH_PROMPT, /* the last byte completed a prompt */
	WATCH_FAULT,  /* watch_text is a line about a fault */
	WATCH_PANIC   /* watch_text is a line about the kernel's end */
};

/* Takes one byte of the guest's output. */
enum watch_event watch_byte(struct watch *watch, char byte);

/* The line that the last event is about. */
const char *watch_text(const struct watch *watch);

#endif
