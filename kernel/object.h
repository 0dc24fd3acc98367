/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What every kernel object begins with. */
#ifndef KERNEL_OBJECT_H
#define KERNEL_OBJECT_H

#include <stddef.h>
#include <stdint.h>

#define OBJECT_ALIGN 64u

struct object {
	uint8_t kind;          /* enum object_kind */
	uint8_t frozen;        /* 1 + depth of a capability that is being revoked; 0: none is */
	uint16_t label;        /* who or what it is for */
	uint32_t capabilities; /* slots that name it; none: it is destroyed */
};

_Static_assert(sizeof(struct object) == 8, "the header of every object");

/* Of an operation too long for one step, where a status is due: a part is done, call it again. */
#define STATUS_AGAIN ((enum status)0xfffe)

#define container_of(pointer, type, member)                                                        \
	((type *)(void *)((uint8_t *)(pointer)-offsetof(type, member)))

#endif
