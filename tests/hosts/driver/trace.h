/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random calls, and what became of each: the status, the answer, every record of the monitor. */
#ifndef TESTS_HOSTS_DRIVER_TRACE_H
#define TESTS_HOSTS_DRIVER_TRACE_H

#include <stdint.h>

#define TRACE_EVENTS 100000u
#define TRACE_STEP   1000u /* events between two lines */

/* Makes all calls. Prints `trace N HASH` after each TRACE_STEP of them, and `trace over`. */
void trace_run(void);

/* One line, with its end: where each host prints. */
void trace_say(const char *text, uint32_t length);

#endif
