/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A condition of the check. */
#ifndef CHECK_CHECK_THAT_H
#define CHECK_CHECK_THAT_H

#include "arch/arch.h"

/* The sentence of the first condition that did not hold; NULL: all did. */
extern const char *check_found;

static inline void
check_that(bool is_so, const char *what, uint64_t value)
{
	if (!is_so) {
		check_found = what;
		kernel_panic(what, value);
	}
}

#endif
