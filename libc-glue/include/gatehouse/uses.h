/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What this process was wired to, by name: for programs that are compiled once for all systems. */
#ifndef GATEHOUSE_USES_H
#define GATEHOUSE_USES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `uses NAME: INTERFACE` of the process's class, wired. Valid for ever. */
struct use {
	const char *name; /* name_bytes of it */
	size_t name_bytes;
	uint32_t handle;
	const char *interface; /* qualified: servers.console.Console */
};

/* The n-th use that is wired. Returns false: there are fewer. */
bool uses_next(uint32_t number, struct use *use);

/* The use of that name. Returns false: there is none, or it is not wired. */
bool uses_find(const char *name, size_t name_bytes, struct use *use);

/* The first use of that interface. Returns false: there is none. */
bool uses_of(const char *interface, struct use *use);

#endif
