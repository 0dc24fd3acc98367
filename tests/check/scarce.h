/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Allocations that are refused although there is enough: kernel/ beside this file asks at each. */
#ifndef CHECK_SCARCE_H
#define CHECK_SCARCE_H

#include <stdbool.h>
#include <stdint.h>

extern volatile uint32_t scarce_at; /* which allocation is refused, from 1; SCARCE_NEVER */
extern uint32_t scarce_asked;       /* allocations so far */

#define SCARCE_NEVER UINT32_MAX

/* Whether this one is the one. */
bool scarce_refuses(void);

#endif
