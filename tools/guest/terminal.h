/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The terminal of a person: keys one by one, and always given back as it was. */
#ifndef GUEST_TERMINAL_H
#define GUEST_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* What keys ask for beside being typed into the guest. */
enum terminal_wish {
	TERMINAL_NOTHING,
	TERMINAL_EXPLAIN, /* Ctrl-C: how does one leave? */
	TERMINAL_LEAVE    /* Ctrl-A x */
};

struct terminal {
	bool after_escape; /* Ctrl-A was the last key */
};

/* Takes keys unechoed and unedited from standard input, until the process ends in any way that it
 * can see. Does nothing when standard input is no terminal. */
void terminal_open(void);

/* Gives the terminal back; may be called at any time, and from a signal handler. */
void terminal_close(void);

/* Moves the bytes of `keys` that are for the guest to its front, *length becomes their number.
 * Returns the last wish among the others. */
enum terminal_wish terminal_filter(struct terminal *terminal, char *keys, size_t *length);

#endif
