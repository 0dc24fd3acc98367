/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The types of arch/arch.h on the machine of the unit tests. */
#ifndef FAKE_ARCH_ARCH_TYPES_H
#define FAKE_ARCH_ARCH_TYPES_H

#include <stdint.h>

#define ARCH_PAYLOAD_BYTES 16 /* few, so that tests meet the message buffer soon */
#define ARCH_ROOT_BYTES    4096
#define ARCH_USER_TOP      UINT64_C(0x40000000)
#define ARCH_FP_BYTES      528u

/* What the kernel last told a thread. */
enum fake_answer {
	FAKE_NOTHING,
	FAKE_RESULT,   /* arch_result */
	FAKE_RECEIVED, /* arch_received */
	FAKE_RESTART   /* arch_context_restart */
};

/* A real two-level table: root entries of 2 MiB point to tables of 512 pages. */
struct arch_space {
	uint64_t *root;
	uint32_t is_alive;
};

struct arch_context {
	struct arch_space *space;
	uint8_t *buffer;
	uint32_t arguments[2]; /* of the next system call */
	uint8_t payload[ARCH_PAYLOAD_BYTES];
	uint64_t pc, sp, tp, argument;
	enum fake_answer answer;
	uint32_t status; /* of a result */
	uint32_t info;
	uint32_t badge; /* of something received */
	uint16_t label;
	uint16_t instance;
	uint32_t length;
};

#endif
