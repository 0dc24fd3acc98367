/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Memory for malloc: frames out of the process's account, one behind the other. */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "abi/abi.h"
#include "account.h"
#include "layout.h"

#define STEP_BYTES  UINT64_C(16384)   /* by this much a small heap grows */
#define FRAME_BYTES UINT64_C(1048576) /* greatest frame asked for: the kernel bounds it */

static uint64_t heap_break = PROCESS_HEAP; /* end of what malloc has */
static uint64_t heap_used = PROCESS_HEAP;  /* highest break so far: above it memory is zero */
static uint64_t heap_end = PROCESS_HEAP;   /* end of what is mapped */

static bool
heap_add(uint64_t bytes)
{
	if (glue_account_map(heap_end, (uint32_t)(bytes / PAGE_BYTES)) != E_OK) {
		return false;
	}
	heap_end += bytes;
	return true;
}

static uint64_t
at_least(uint64_t value, uint64_t least)
{
	return value < least ? least : value;
}

/* A frame is a slot of the capability table, so a large heap grows in large steps; when the account
 * has less than a step left, what is asked for may still fit. */
static bool
heap_reserve(uint64_t end)
{
	while (heap_end < end) {
		uint64_t missing = (end - heap_end + PAGE_BYTES - 1) & ~(uint64_t)(PAGE_BYTES - 1);
		uint64_t quarter = (heap_end - PROCESS_HEAP) / 4 & ~(uint64_t)(PAGE_BYTES - 1);
		uint64_t step = at_least(at_least(quarter, STEP_BYTES), missing);

		if (step > FRAME_BYTES) {
			step = FRAME_BYTES;
		}
		if (!heap_add(step) && (missing >= step || !heap_add(missing))) {
			return false;
		}
	}
	return true;
}

/* newlib calls it with malloc's lock held. Memory given back is cleared when it is taken again,
 * because calloc counts on new memory being zero. */
void *
_sbrk(ptrdiff_t change)
{
	uint64_t old = heap_break;

	if (change < 0) {
		uint64_t less = (uint64_t) - (int64_t)change;
		if (less > old - PROCESS_HEAP) {
			errno = EINVAL;
			return (void *)-1;
		}
		heap_break = old - less;
		return (void *)(uintptr_t)old;
	}
	uint64_t more = (uint64_t)change;
	if (more > LAYOUT_MAPS - old || !heap_reserve(old + more)) {
		errno = ENOMEM;
		return (void *)-1;
	}
	heap_break = old + more;
	if (old < heap_used) {
		uint64_t dirty = heap_used < heap_break ? heap_used : heap_break;
		memset((void *)(uintptr_t)old, 0, (size_t)(dirty - old));
	}
	if (heap_break > heap_used) {
		heap_used = heap_break;
	}
	return (void *)(uintptr_t)old;
}
