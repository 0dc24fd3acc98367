/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Things that user code must not do, or may do without harm: one function each. */
#ifndef MACHINE_ATTEMPT_H
#define MACHINE_ATTEMPT_H

#include <stdint.h>

#include "abi/abi.h"

/* Beside enum fault_kind: it returns. */
#define RETURNS 0xffu

/* Where the kernel says that it happened. */
enum attempt_where {
	AT_ARGUMENT, /* at the address that the attempt was given */
	AT_ENTRY,    /* at the attempt's first instruction */
	AT_NOTHING,  /* no address: 0 */
	AT_VALUE     /* it returns this value */
};

struct attempt {
	const char *name;
	uintptr_t (*run)(uintptr_t argument);
	uintptr_t (*place)(void); /* gives the argument if it is not constant */
	uintptr_t argument;
	uint64_t value;  /* AT_VALUE: expected; else bytes behind the address that are as good */
	uint8_t kind;    /* enum fault_kind, or RETURNS */
	uint8_t where;   /* enum attempt_where */
	uint8_t denials; /* of which records are due, if it returns */
};

/* The same on every machine. */
extern const struct attempt attempts_memory[];
extern const uint32_t attempts_memory_count;

/* Of this machine: registers and instructions. */
extern const struct attempt attempts_machine[];
extern const uint32_t attempts_machine_count;

/* Makes what the attempts use: memory, mappings. Returns 0, or the status that stopped it. */
uint32_t attempts_prepare(void);

uintptr_t attempt_heap(void);

#endif
