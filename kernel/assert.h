/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Asserts of the kernel: on in every build, for bugs of the kernel only. */
#ifndef KERNEL_ASSERT_H
#define KERNEL_ASSERT_H

#include "arch/arch.h"

/* kernel_panic for a bug without a number. */
/*@ assigns \nothing; ensures \false; */
static _Noreturn void __attribute__((noinline, unused)) kernel_bug(const char *where)
{
	kernel_panic(where, 0);
}

#define KERNEL_TEXT_(x) #x
#define KERNEL_TEXT(x)  KERNEL_TEXT_(x)

/* Requires `condition`, whatever user space does; else the kernel panics with file and line. */
#define kernel_assert(condition)                                                                   \
	do {                                                                                       \
		if (__builtin_expect(!(condition), 0)) {                                           \
			kernel_bug(__FILE__ ":" KERNEL_TEXT(__LINE__));                            \
		}                                                                                  \
	} while (0)

#endif
