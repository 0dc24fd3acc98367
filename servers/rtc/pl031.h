/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arm's real-time clock PL031 (DDI0224): a counter of seconds. */
#ifndef RTC_PL031_H
#define RTC_PL031_H

#include <stdbool.h>
#include <stdint.h>

#define PL031_BYTES 4096u

/* Whether this is one: what its identification registers say (section 3.3.9). Starts it if it
 * stands. */
bool pl031_open(volatile void *registers);

/* Seconds from the beginning of 1970, if somebody set it. */
uint32_t pl031_seconds(volatile void *registers);

#endif
