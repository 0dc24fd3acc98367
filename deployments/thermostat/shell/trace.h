/* SPDX-License-Identifier: 0BSD */
/* The command `trace`: what the kernel did, event by event. */
#ifndef SHELL_TRACE_H
#define SHELL_TRACE_H

/* argument: milliseconds to record, `on`, or `off`. Prints the events when it ends. */
void run_trace(const char *argument);

#endif
