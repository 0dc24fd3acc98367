/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A child that opens no files, so that what opens them is not linked. */
#include "process_plain.h"

int
main(void)
{
	return 5;
}
