/* SPDX-License-Identifier: 0BSD */
/* A line from a person, with what was typed before at hand. */
#ifndef SHELL_EDITOR_H
#define SHELL_EDITOR_H

#include <stdbool.h>

#include "history.h"

/* Shows the prompt and waits for a line. Returns false: the console gave none. */
bool editor_read(const char *prompt, char line[HISTORY_BYTES]);

#endif
