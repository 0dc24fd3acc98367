/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* utf8.h: which characters may stand in texts and comments. */
#ifndef GATE_UTF8_H
#define GATE_UTF8_H

#include <stddef.h>
#include <stdint.h>

enum utf8_kind {
	UTF8_GOOD,
	UTF8_INVALID,   /* not UTF-8 in its shortest form, or no character at all */
	UTF8_CONTROL,   /* moves the cursor, breaks the line, or means nothing in a text */
	UTF8_DIRECTION, /* turns the reading direction: what is read is not what is written */
};

struct utf8_char {
	enum utf8_kind kind;
	uint32_t code; /* of a valid character; of an INVALID one its first byte */
	size_t length; /* in bytes, at least 1 */
};

/* Looks at the character at bytes. Requires: available is at least 1. */
struct utf8_char utf8_look(const char *bytes, size_t available);

#endif
