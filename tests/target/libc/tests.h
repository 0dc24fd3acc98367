/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The groups of tests of the C library, in the order in which they run. */
#ifndef LIBC_TESTS_H
#define LIBC_TESTS_H

void text_test(void);
void input_test(void);
void time_test(void);
void threads_test(void);
void variables_test(void);
void floats_test(void);
void endings_test(void);
/* Last: it uses up the account. */
void heap_test(void);

#endif
