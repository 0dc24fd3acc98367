/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 12: an empty account is filled from all free memory. 14: large memory is not cleared. */
#include "control.h"

#include "kernel/memory.h"

static void control_clear(void *bytes, size_t length);

#define memory_clear   control_clear
#define untyped_retype untyped_retype_checked
#include "kernel/untyped.c"
#undef memory_clear
#undef untyped_retype

#define LARGE_PAGES 8u

static bool is_large; /* the attacker makes a frame of so many pages */

static void
control_clear(void *bytes, size_t length)
{
	if (!control_is(14) || !is_large) {
		memory_clear(bytes, length);
	}
}

enum status
untyped_retype(struct process *holder, struct slot *slot, enum object_kind kind, uint32_t size,
	uint16_t label, struct slot **placed)
{
	static struct slot *first; /* init's: it makes the first object */

	is_large = kind == KIND_FRAME && size >= LARGE_PAGES && holder == control_attacker();
	enum status status = untyped_retype_checked(holder, slot, kind, size, label, placed);
	is_large = false;
	if (first == NULL) {
		first = slot;
	}
	if (status == E_MEMORY && control_is(12)) {
		status = untyped_retype_checked(
			holder, first, kind, size, slot->object->label, placed);
	}
	return status;
}
