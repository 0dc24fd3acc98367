/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's endpoint.c; a receiver's table may say that it is full. */
#include "kernel/transfer.h"
#include "tests/check/scarce.h"

#define transfer_place(sender, process)                                                            \
	((sender)->sent_count != 0 && scarce_refuses() ? E_LIMIT : transfer_place(sender, process))
#include "kernel/endpoint.c"
