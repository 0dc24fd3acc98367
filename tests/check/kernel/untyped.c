/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's untyped.c; it may say that there is no memory for an object. */
#include "kernel/slot.h"
#include "tests/check/scarce.h"

#define untyped_retype retype_unrefused
#include "kernel/untyped.c"
#undef untyped_retype

enum status
untyped_retype(struct process *holder, struct slot *slot, enum object_kind kind, uint32_t size,
	uint16_t label, struct slot **placed)
{
	return scarce_refuses() ? E_MEMORY
				: retype_unrefused(holder, slot, kind, size, label, placed);
}
