/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the kernel counted about this process. */
#ifndef CALLS_COUNTS_H
#define CALLS_COUNTS_H

#include <stdint.h>

/* Denials of this instance so far; records of it that were overwritten unread. */
uint32_t counts_denied(void);
uint32_t counts_lost(void);

/* The edge over which this process speaks to the server of `work`. */
uint32_t counts_work_edge(void);

/* The last record: of this instance, a denied call with this reason and handle. It must be the only
 * one; false if not. */
void counts_expect_denial(uint8_t reason, uint32_t handle);

#endif
