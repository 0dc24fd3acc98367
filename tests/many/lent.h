/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Which tags of the TLB were lent since it was emptied. One file of a kernel includes this. */
#ifndef MANY_LENT_H
#define MANY_LENT_H

#include <stdbool.h>
#include <stdint.h>

static uint32_t lent_times = 1; /* that it was emptied */
static uint32_t lent_at[256];

static inline void
lent_emptied(void)
{
	lent_times++;
}

/* The tag is lent. False: it was, too, since the TLB was emptied last. */
static inline bool
lent_anew(uint32_t tag)
{
	bool is_clean = lent_at[tag] != lent_times;

	lent_at[tag] = lent_times;
	return is_clean;
}

#endif
