/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The panic record: what a debugger, or the next boot, finds of a kernel that stopped. */
#ifndef KERNEL_PANIC_H
#define KERNEL_PANIC_H

#include <stdint.h>

#define PANIC_MAGIC     UINT32_C(0x434e4150) /* "PANC" */
#define PANIC_EXIT_CODE 101

struct panic_record {
	uint32_t magic;
	uint16_t instance; /* who ran */
	uint16_t reserved;
	uint64_t value;
	uint64_t time_ns;
	uint64_t pc;
	char what[96];
};

extern struct panic_record panic_record;

#endif
