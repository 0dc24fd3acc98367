/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random sources of a policy: whole ones that mostly mean something, and ones with faults. */
#ifndef SUPPORT_RANDOM_GATE_H
#define SUPPORT_RANDOM_GATE_H

#include <stdbool.h>

#include "ksm/gate/buffer.h"

/* Appends a product: interfaces, processes, a system, objects, rules, claims and a test. */
void random_gate(struct buffer *b);

/* Appends who there is in such a product; has_lists: with what random_gate_lists speaks of. */
void random_gate_system(struct buffer *b, bool has_lists);

/* Appends what it says of lists, structs, unions, parameters of errors and attributes. */
void random_gate_lists(struct buffer *b);

/* Appends what it says of the label Spot, and of lists if it has some. */
void random_gate_label(struct buffer *b, bool has_lists);

/* Appends an interface of sums, and what the product says of them; random_gate_label does, too. */
void random_gate_sum_interface(struct buffer *b);
void random_gate_sum(struct buffer *b);

/* Appends a file with one to three items of such a product, which stand beside each other. */
void random_gate_part(struct buffer *b, const char *text, size_t size);

/* Appends `text` with one to three of its words gone, doubled, moved or replaced. */
void random_gate_fault(struct buffer *b, const char *text, size_t size);

#endif
