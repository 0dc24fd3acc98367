/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Allocations that are refused although there is enough. */
#include "tests/check/scarce.h"

/* In the image's data, where a test may write another number before it boots. */
volatile uint32_t scarce_at __attribute__((used)) = SCARCE_NEVER;
uint32_t scarce_asked;

bool
scarce_refuses(void)
{
	scarce_asked++;
	return scarce_asked == scarce_at;
}
