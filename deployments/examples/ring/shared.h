/* SPDX-License-Identifier: 0BSD */
/* What both sides of the ring know. */
#ifndef EXAMPLE_SHARED_H
#define EXAMPLE_SHARED_H

#include <stdint.h>

#include "abi/abi.h"
#include "gatehouse/ring.h"

#define RING_RECORDS 64u /* that fit */

struct sample {
	uint32_t number;
	uint32_t value;
};

/* The frame that the producer writes. */
struct sample_frame {
	struct ring_side side;
	struct sample samples[RING_RECORDS];
};

_Static_assert(sizeof(struct sample_frame) <= PAGE_BYTES, "one page");

#endif
