/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The stack of a program that says nothing of it, in a file of its own, as in console_none.c. */
#include "gatehouse/process.h"

const uint32_t gatehouse_stack_bytes = 0;
