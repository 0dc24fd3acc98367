/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Other programs as children: what spawn_actions.c keeps and spawn.c sends. */
#ifndef GLUE_CHILD_H
#define GLUE_CHILD_H

#include <stdbool.h>
#include <stdint.h>

/* Words of abi/process.h, one behind the other. */
struct __posix_spawn_file_actions {
	uint32_t bytes;
	char words[];
};

/* The capability of interface Programs of servers/manager that the system wired, or 0. */
uint32_t glue_programs(void);

#endif
