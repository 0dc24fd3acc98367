/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What goes through the rings of this test. */
#ifndef RING_TEST_H
#define RING_TEST_H

#include <stddef.h>
#include <stdint.h>

#include "abi/abi.h"
#include "gatehouse/ring.h"

#define RING_RECORDS 128u /* that fit */

struct ring_record {
	uint32_t number;
	uint32_t words[6];
	uint32_t sum; /* of the others */
};

/* The frame that the producer writes. */
struct ring_frame {
	struct ring_side side;
	struct ring_record records[RING_RECORDS];
};

#define RING_PAGES ((uint32_t)((sizeof(struct ring_frame) + PAGE_BYTES - 1) / PAGE_BYTES))

static inline uint32_t
ring_sum(const struct ring_record *record)
{
	uint32_t sum = record->number;

	for (size_t i = 0; i < sizeof(record->words) / sizeof(record->words[0]); i++) {
		sum = sum * 31 + record->words[i];
	}
	return sum;
}

static inline void
ring_fill(struct ring_record *record, uint32_t number)
{
	record->number = number;
	for (size_t i = 0; i < sizeof(record->words) / sizeof(record->words[0]); i++) {
		record->words[i] = number * (uint32_t)(i + 7);
	}
	record->sum = ring_sum(record);
}

#endif
