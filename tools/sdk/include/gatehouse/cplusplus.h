/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The words of C11 that C++17 spells in another way (_Static_assert, _Alignas, _Noreturn). The
 * SDK's headers include it under C++. */
#ifndef GATEHOUSE_CPLUSPLUS_H
#define GATEHOUSE_CPLUSPLUS_H

#include <sys/cdefs.h>

#endif
