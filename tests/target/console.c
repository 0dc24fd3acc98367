/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Text of a test program that has the C library: to its console, line by line. */
#include <stdio.h>

#include "check.h"

void
check_write(const char *text, uint32_t length)
{
	fwrite(text, 1, length, stdout);
	fflush(stdout);
}
