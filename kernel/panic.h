/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The panic record: what the next boot, or a debugger, finds of a kernel that stopped. */
#ifndef KERNEL_PANIC_H
#define KERNEL_PANIC_H

#include <stdint.h>

#include "abi/abi.h"

#define PANIC_EXIT_CODE  101
#define PANIC_WHAT_BYTES 96
#define PANIC_NOBODY     UINT16_C(0xffff)
/* The end of RAM, which nobody gets: a reset leaves it as it is, and no loader puts an image there.
 */
#define PANIC_BYTES PAGE_BYTES

struct panic_record {
	uint32_t magic;
	uint32_t checksum; /* of all that follows */
	uint64_t value;
	uint64_t time_ns;
	uint64_t pc;
	uint16_t instance; /* who ran; PANIC_NOBODY */
	uint16_t reserved[3];
	char what[PANIC_WHAT_BYTES]; /* NUL-terminated */
};

/* Once at boot: takes the record of the run before out of RAM and prints it in one line, if there
 * is one. */
void panic_recall(void);

/* The record of the run before, or NULL. */
const struct panic_record *panic_last(void);

#endif
