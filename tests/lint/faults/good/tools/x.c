/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#include "tools/x.h"

int
x_add(int a, int b)
{
	return a + b;
}
