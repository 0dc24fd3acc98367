/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Signals that a process sends to itself, and ends of its children. */
#ifndef GLUE_SIGNALS_H
#define GLUE_SIGNALS_H

#include <stdbool.h>

/* A signal for the process: the calling thread takes it unless it blocks it; then it waits for one
 * that does not. */
void glue_signal_process(int number);

/* What kill does. Returns 0 or an errno value. */
int glue_signal_kill(int pid, int number);

/* Ends a child; with `look` it is only seen whether there is one. Returns 0 or an errno value. It
 * stands beside posix_spawn: who never starts a child has none. */
int glue_signal_child(int pid, bool look);

bool glue_is_signal(int number);

#endif
