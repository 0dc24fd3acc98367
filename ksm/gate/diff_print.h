/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_print.h: differences of two policies in lines for people. */
#ifndef GATE_DIFF_PRINT_H
#define GATE_DIFF_PRINT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "diff.h"

struct arena;
struct l1;
struct l1_cell;

/*
 * Prints the differences, those that follow from the system once for each rule; only_more: those
 * that may let somebody do more. Returns how many of these there are.
 */
uint32_t diff_print(const struct diff *diff, bool only_more, FILE *out);

/* Prints the objects that differ, as *lines. Returns how many of them may grant more. */
uint32_t diff_objects_print(const struct diff *diff, bool only_more, uint32_t *lines, FILE *out);

/* Prints a test step that holds of OLD and not of NEW, behind `#` what must be remembered before
 * it; nothing if there is none. */
void diff_step_print(const struct diff *diff, FILE *out);

/* Prints the message of a difference, `client -> server : valve.set(channel = 4)`, as that side's
 * policy names it. Requires: the entry has a cell of that side. */
void diff_message_print(const struct diff *diff, const struct diff_entry *entry,
	enum diff_side side, struct arena *a, FILE *out);

#endif
