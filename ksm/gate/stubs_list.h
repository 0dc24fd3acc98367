/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_list.h: lists in C: an array and a number [T19]. */
#ifndef GATE_STUBS_LIST_H
#define GATE_STUBS_LIST_H

#include <stdbool.h>

#include "buffer.h"
#include "l1_interface.h"

/* Returns the parameter of a message that is a list, or NULL. */
const struct l1_member *list_of(const struct l1_message *message);

/* Returns how many elements a message has that has come: `(info_length(message->info) - 4) / 2`. */
const char *list_count(struct buffer *b, const struct l1_message *message, const char *pointer);

/* Writes a loop that puts the elements of the array into a message. before: of the array's name. */
void list_put(struct buffer *b, const char *indent, const struct l1_interface *interface,
	const struct l1_message *message, const char *pointer, const char *before);

/* The same, out of a message that has come. */
void list_get(struct buffer *b, const struct l1_interface *interface,
	const struct l1_message *message, const char *pointer, const char *before);

#endif
