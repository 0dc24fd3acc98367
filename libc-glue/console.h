/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Standard input and output as messages to a console server. */
#ifndef GLUE_CONSOLE_H
#define GLUE_CONSOLE_H

#include <stddef.h>

/* Writes all bytes, in as many messages as it takes; without a console they are dropped. Returns 0
 * or an errno value. */
int glue_console_write(const void *data, size_t bytes);

/* Reads at most `capacity` bytes of the next line, the newline included; waits for one. Returns how
 * many, 0 at the end of input (there is no console). *error: 0 or an errno value. */
size_t glue_console_read(void *data, size_t capacity, int *error);

#endif
