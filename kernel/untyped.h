/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Untyped memory: what objects are made of. The kernel has no heap. */
#ifndef KERNEL_UNTYPED_H
#define KERNEL_UNTYPED_H

#include "abi/abi.h"
#include "arch/arch.h"
#include "kernel/object.h"

/* Small objects grow from the low end, pages from the high end; both are free after a reset. */
struct untyped {
	struct object object;
	uint8_t *start; /* page-aligned; this struct stands here if it was retyped itself */
	uint8_t *low;   /* free from here ... */
	uint8_t *high;  /* ... to here */
	uint8_t *clean; /* zero from here to `high` */
	uint8_t *end;
	void *spare; /* pages that came back, each points to the next */
};

struct process;
struct slot;
struct thread;

/* An untyped over [start, end), page-aligned, whose own struct stands elsewhere or at `start`. */
void untyped_init(struct untyped *untyped, uint8_t *start, uint8_t *end);

size_t untyped_free_bytes(const struct untyped *untyped);
/* So many at least. */
size_t untyped_free_pages(const struct untyped *untyped);

/* A zeroed page. Requires untyped_free_pages() > 0. The signature is arch_take_page. */
void *untyped_take_page(void *untyped);
/* It comes back before the next reset. */
void untyped_give_page(struct untyped *untyped, void *page);

/* `bytes` zeroed bytes, OBJECT_ALIGN-aligned, or NULL. */
void *untyped_take(struct untyped *untyped, size_t bytes);
/* The same with whatever was there before. */
void *untyped_take_dirty(struct untyped *untyped, size_t bytes);

/*
 * Makes an object of `kind` and places its first capability in the table of `holder`.
 * size: pages of a frame, slots of a process, bytes of an untyped, else 0. label 0: the untyped's.
 * Returns E_OK and the slot; E_ARGUMENT: kind or size; E_MEMORY; E_STATE: a reset is under way;
 * E_LIMIT, E_DENIED: as slot_place. STATUS_AGAIN: memory for it was cleared, and stays so: nothing
 * else has changed. A refused call may have used up memory until the next reset
 * only for reasons of the caller's own table or policy.
 */
enum status untyped_retype(struct process *holder, struct slot *slot, enum object_kind kind,
	uint32_t size, uint16_t label, struct slot **placed);

/* All is free again. Requires that no object made of it exists. */
void untyped_reset(struct untyped *untyped);

#endif
