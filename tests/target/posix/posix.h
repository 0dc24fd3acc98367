/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A test of each row of interfaces.def: it must see the behaviour, and the error of the row. */
#ifndef POSIX_POSIX_H
#define POSIX_POSIX_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "check.h"

/* The error that a call set was seen: a row without its error seen fails. */
void posix_saw(int error);

/* A call returns -1 (a pointer: NULL) and sets errno. */
#define fails(call, error)                                                                         \
	do {                                                                                       \
		errno = 0;                                                                         \
		expect_equal((intptr_t)(call), -1);                                                \
		expect_equal(errno, error);                                                        \
		posix_saw(errno);                                                                  \
	} while (0)
#define fails_null(call, error)                                                                    \
	do {                                                                                       \
		errno = 0;                                                                         \
		expect((call) == NULL);                                                            \
		expect_equal(errno, error);                                                        \
		posix_saw(errno);                                                                  \
	} while (0)

/* A call returns its error. */
#define returns(call, error)                                                                       \
	do {                                                                                       \
		int returned = (call);                                                             \
		expect_equal(returned, error);                                                     \
		posix_saw(returned);                                                               \
	} while (0)

/* Fills a file with a text; reads a whole one, NUL-terminated, at most capacity - 1 bytes. */
bool posix_write(const char *path, const char *text);
const char *posix_read(const char *path);

/* Of spawn.c, for test_kill. */
void test_kill_children(void);

#define X(name, group, state, error, how) void test_##name(void);
#include "interfaces.def"
#undef X

#endif
