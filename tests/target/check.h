/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Tests that run in a process: one line for each, and a count at the end. Needs no C library. */
#ifndef TARGET_CHECK_H
#define TARGET_CHECK_H

#include <stdbool.h>
#include <stdint.h>

/* Starts a test; the one before it ends, with `ok NAME` or with what failed. */
void check_test(const char *name);

/* A condition of the present test. Returns whether it holds; the first few that do not are printed
 * with both values. */
bool check_equal(const char *file, int line, const char *what, uint64_t actual, uint64_t expected);

/* What stands behind the name of the present test when it fails, such as the case of a table. */
void check_case(const char *name);

/* Ends the last test and prints `N passed, N failed`. Returns 0 if none failed, else 1. */
uint8_t check_finish(void);

/* The program says where text goes. */
void check_write(const char *text, uint32_t length);

#define expect_equal(actual, expected)                                                             \
	check_equal(__FILE__, __LINE__, #actual, (uint64_t)(actual), (uint64_t)(expected))
#define expect(condition) check_equal(__FILE__, __LINE__, #condition, !!(condition), 1)

#endif
