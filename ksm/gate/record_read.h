/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* record_read.h: an audit record as a board shows it: its line, or its entry in hexadecimal. */
#ifndef GATE_RECORD_READ_H
#define GATE_RECORD_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "servers/audit/record.h"

struct l1;
struct names;

struct record_words {
	struct record record;
	uint32_t number; /* under which the board's `why` finds it */
	bool is_line;    /* no entry: what a line does not say is 0, the rule the first that fits */
};

/*
 * Reads one. The line is what `audit` prints, blanks around it do not matter; the entry is what
 * `entry N` prints, the hexadecimal digits of servers/audit/chain.h. Returns NULL, or what is wrong
 * with the words, as a sentence.
 */
const char *record_read(const struct l1 *l1, const struct names *names, const char *words,
	struct record_words *out);

#endif
