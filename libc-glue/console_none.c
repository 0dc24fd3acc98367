/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The console of a program that has none. In a file of its own: where it is used, its value would
 * be folded into the code. */
#include "gatehouse/process.h"

__attribute__((weak)) const uint32_t gatehouse_console_handle = 0;
