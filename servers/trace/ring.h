/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The frame that the kernel writes its events to (abi/trace.h). */
#ifndef SERVERS_TRACE_RING_H
#define SERVERS_TRACE_RING_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/trace.h"

/* Makes the frame. False: the account has no room for it. */
bool ring_open(void);

/* Begins a trace of everything, ends the one before. False: the kernel refuses. */
bool ring_start(void);

struct ring_counts {
	uint32_t events; /* that can be read */
	uint32_t lost;   /* older ones that were overwritten */
};

/* Ends a trace, if one goes on. */
struct ring_counts ring_stop(void);

/* The n-th event that can be read, from 0, after ring_stop; NULL if there are less. */
const struct trace_record *ring_at(uint32_t number);

#endif
