/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Messages between two processes with every register and the whole buffer watched. */
#ifndef MACHINE_EXCHANGE_H
#define MACHINE_EXCHANGE_H

#include <stdint.h>

#define DRIVER_SEED 100u
#define MIRROR_SEED 77777u
#define WRONG_INFO  8000u /* beside the numbers of registers/registers.h */

/* Payload bytes of the answer to a request of this length. */
static inline uint32_t
answer_length(uint32_t length)
{
	return 1024 - length;
}

/* All lengths around every border of registers and buffer. */
void exchange_test(void);

#endif
