/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What tells those who wait for descriptors that one of them has changed. */
#ifndef GLUE_READY_H
#define GLUE_READY_H

#include <stdint.h>

/* Changes whenever a descriptor that could not be used may be so now. */
extern uint32_t glue_ready_turn;

/* To be called after such a change. */
void glue_ready_changed(void);

#endif
