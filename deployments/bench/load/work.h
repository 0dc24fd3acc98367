/* SPDX-License-Identifier: 0BSD */
/* Work that needs the CPU and nothing else. */
#ifndef LOAD_WORK_H
#define LOAD_WORK_H

#include <stdint.h>

static inline void
work(uint32_t blocks)
{
	for (uint32_t i = 0; i < blocks; i++) {
		__asm__ volatile("nop\n\tnop\n\tnop\n\tnop");
	}
}

#endif
