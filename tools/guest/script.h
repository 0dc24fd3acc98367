/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Lines of standard input, typed one for each prompt of the guest. */
#ifndef GUEST_SCRIPT_H
#define GUEST_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#define SCRIPT_LINE_BYTES 1024

struct script {
	char bytes[SCRIPT_LINE_BYTES];
	size_t length;
	bool ended; /* nothing more to read */
	bool said_goodbye;
};

/* True while a read of standard input can help to find the next line. */
bool script_wants_input(const struct script *script);

/* Reads once from `fd`, which has something to read. */
void script_read(struct script *script, int fd);

/* Puts the next line to type into `line`, ended by a carriage return, and returns its length; after
 * the last line that is `poweroff`, once. Returns 0 when there is nothing to type yet.
 * Requires room for SCRIPT_LINE_BYTES + 1. */
size_t script_next(struct script *script, char *line);

#endif
