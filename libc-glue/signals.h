/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Signals that a process sends to itself. */
#ifndef GLUE_SIGNALS_H
#define GLUE_SIGNALS_H

#include <stdbool.h>

/* A signal for the process: the calling thread takes it unless it blocks it; then it waits for one
 * that does not. */
void glue_signal_process(int number);

/* What kill does. Returns 0 or an errno value. */
int glue_signal_kill(int pid, int number);

bool glue_is_signal(int number);

#endif
