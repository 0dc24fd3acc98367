/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's endpoint.c; a receiver's table may say that it is full. */
#include "kernel/transfer.h"
#include "tests/check/scarce.h"

#define transfer_check(sender, count, process)                                                     \
	(scarce_refuses() ? E_LIMIT : transfer_check(sender, count, process))
#include "kernel/endpoint.c"
