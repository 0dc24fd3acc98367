/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The time of people: how far the kernel's clock is behind it. */
#ifndef GLUE_CALENDAR_H
#define GLUE_CALENDAR_H

#include <stdint.h>

/* Nanoseconds from 1970 to the start of the kernel's clock; 0: the system has no calendar, or it
 * does not know. Asked for once, and the same as long as the process lives. */
uint64_t glue_calendar_start_ns(void);

#endif
