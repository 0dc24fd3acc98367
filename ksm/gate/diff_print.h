/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_print.h: differences of two policies in lines for people. */
#ifndef GATE_DIFF_PRINT_H
#define GATE_DIFF_PRINT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct arena;
struct diff;
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

/* Returns the endpoint of a cell's receiver and interface as rules call it. */
const char *diff_endpoint_name(struct arena *a, const struct l1 *l1, const struct l1_cell *cell);

#endif
