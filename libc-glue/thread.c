/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* pthreads: thread objects and stacks out of the account, reused after a join. */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "abi/abi.h"
#include "abi/process.h"
#include "account.h"
#include "gatehouse/process.h"
#include "gen/core/thread.h"
#include "key.h"
#include "layout.h"
#include "lock.h"
#include "park.h"
#include "thread_self.h"

/*
 * Address space of thread n, from PROCESS_THREADS + n * WINDOW_BYTES on:
 *
 *     guard page, never mapped | stack, struct thread, variables: one frame | ...
 *
 * The first window holds the first thread's struct thread (start.c), and all buffers (layout.h).
 */
#define WINDOW_BYTES        UINT64_C(0x100000)
#define STACK_DEFAULT_BYTES 16384u
#define STACK_MOST_BYTES    ((uint32_t)WINDOW_BYTES - 4 * PAGE_BYTES)

_Static_assert(PROCESS_THREADS + THREADS_MAX * WINDOW_BYTES <= PROCESS_DEVICES, "windows fit");

enum slot_state {
	SLOT_FREE, /* may have a thread object and a stack from an earlier thread */
	SLOT_RUNNING,
	SLOT_FINISHED /* its result waits for a join */
};

/* What remains of a thread when it is over. */
struct slot {
	uint32_t state; /* enum slot_state; others sleep on it */
	uint32_t object;
	uint32_t pages; /* of its frame */
	bool is_detached;
	bool has_joiner;
	void *result;
};

static uint32_t slots_lock;
static struct slot slots[THREADS_MAX] = {{.state = SLOT_RUNNING}};
static uint32_t running = 1;

/* newlib: makes the standard streams ready; here so that exit flushes what only threads wrote. */
extern void __sinit(struct _reent *reent);

/* thread_entry.S: where the kernel starts a thread, and where it goes from there. */
extern void glue_thread_entry(void);
_Noreturn void glue_thread_run(struct thread *self);

static uint64_t
window_start(uint32_t number)
{
	return PROCESS_THREADS + number * WINDOW_BYTES;
}

static uint64_t
thread_buffer(uint32_t number)
{
	return LAYOUT_BUFFERS + (uint64_t)number * MESSAGE_BYTES_MAX;
}

static bool
make_slot(uint32_t number, uint32_t pages)
{
	struct slot *slot = &slots[number];
	uint32_t object;

	if (!glue_park_prepare(number) || glue_account_thread(&object) != E_OK) {
		return false;
	}
	/* From here on the object is the slot's, so that a lack of memory loses it only once. */
	slot->object = object;
	if (thread_configure(object, thread_buffer(number), HANDLE_PROCESS,
		    process_info()->priority) != E_OK ||
		glue_account_map(window_start(number) + PAGE_BYTES, pages) != E_OK) {
		return false;
	}
	slot->pages = pages;
	return true;
}

/* How many this process may have: attribute `threads`, the first one included. */
static uint32_t
threads_limit(void)
{
	uint64_t wanted = process_number("threads", THREADS_MAX);

	return wanted < THREADS_MAX ? (uint32_t)wanted : THREADS_MAX;
}

/* More pages above those that it has. */
static bool
enlarge_slot(uint32_t number, uint32_t pages)
{
	struct slot *slot = &slots[number];
	uint64_t end = window_start(number) + PAGE_BYTES + (uint64_t)slot->pages * PAGE_BYTES;

	if (glue_account_map(end, pages - slot->pages) != E_OK) {
		return false;
	}
	slot->pages = pages;
	return true;
}

/* The number of a free slot with a large enough stack, preferably one that was used before; 0:
 * none. Requires the lock. */
static uint32_t
take_slot(uint32_t pages)
{
	uint32_t fresh = 0;
	uint32_t small = 0;

	for (uint32_t number = 1; number < threads_limit(); number++) {
		struct slot *slot = &slots[number];
		if (slot->state == SLOT_FREE && slot->pages >= pages) {
			return number;
		}
		if (fresh == 0 && slot->object == 0) {
			fresh = number;
		} else if (small == 0 && slot->state == SLOT_FREE && slot->pages != 0) {
			small = number;
		}
	}
	if (fresh != 0) {
		return make_slot(fresh, pages) ? fresh : 0;
	}
	return small != 0 && enlarge_slot(small, pages) ? small : 0;
}

static uint32_t
start_slot(uint32_t number, void *(*routine)(void *), void *argument)
{
	struct slot *slot = &slots[number];
	uint64_t top = window_start(number) + PAGE_BYTES + (uint64_t)slot->pages * PAGE_BYTES;
	uint64_t tp =
		(top - glue_thread_block_above()) & ~(uint64_t)(glue_thread_block_align() - 1);

	/* A thread that ended by itself may not have come as far as stopping. */
	thread_stop(slot->object);
	struct thread *thread = glue_thread_block_init(
		(uintptr_t)tp, number, (uint8_t *)(uintptr_t)thread_buffer(number));
	thread->routine = routine;
	thread->argument = argument;
	slot->result = NULL;
	slot->has_joiner = false;
	__atomic_store_n(&slot->state, SLOT_RUNNING, __ATOMIC_RELEASE);
	return thread_start(slot->object, (uintptr_t)glue_thread_entry, (uintptr_t)thread, tp,
		(uintptr_t)thread);
}

static uint32_t
pages_for(const pthread_attr_t *attributes)
{
	uint32_t stack = attributes == NULL ? STACK_DEFAULT_BYTES : (uint32_t)attributes->stacksize;
	uint32_t bytes =
		stack + (uint32_t)glue_thread_block_bytes() + (uint32_t)glue_thread_block_align();

	return (bytes + PAGE_BYTES - 1) / PAGE_BYTES;
}

int
pthread_create(
	pthread_t *id, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument)
{
	uint32_t pages = pages_for(attributes);

	if ((uint64_t)pages * PAGE_BYTES > WINDOW_BYTES - 2 * PAGE_BYTES) {
		return EINVAL;
	}
	__sinit(_GLOBAL_REENT);
	glue_lock_acquire(&slots_lock);
	uint32_t number = take_slot(pages);
	int error = EAGAIN;
	if (number != 0) {
		struct slot *slot = &slots[number];
		slot->is_detached =
			attributes != NULL && attributes->detachstate == PTHREAD_CREATE_DETACHED;
		/* Written first: the thread may run before we do. */
		*id = number + 1;
		running++;
		error = start_slot(number, routine, argument) == E_OK ? 0 : EAGAIN;
		if (error != 0) {
			running--;
			slot->state = SLOT_FREE;
		}
	}
	glue_lock_release(&slots_lock);
	return error;
}

/* The last thread that ends takes the process with it, as if main had returned 0. */
static void
leave_running(void)
{
	glue_lock_acquire(&slots_lock);
	uint32_t left = --running;
	glue_lock_release(&slots_lock);
	if (left == 0) {
		exit(0);
	}
}

void
glue_thread_serves(void)
{
	glue_lock_acquire(&slots_lock);
	running--;
	glue_lock_release(&slots_lock);
}

static _Noreturn void
finish(struct thread *self, void *result)
{
	struct slot *slot = &slots[self->number];

	glue_key_run_destructors();
	leave_running();
	_reclaim_reent(self->reent);
	slot->result = result;
	uint32_t object = self->number == 0 ? HANDLE_THREAD : slot->object;
	glue_lock_acquire(&slots_lock);
	uint32_t state = slot->is_detached ? SLOT_FREE : SLOT_FINISHED;
	__atomic_store_n(&slot->state, state, __ATOMIC_RELEASE);
	glue_park_wake(&slot->state);
	/* From the release on whoever uses this stack anew stops this thread first. */
	glue_lock_release(&slots_lock);
	thread_stop(object);
	__builtin_trap();
}

_Noreturn void
glue_thread_run(struct thread *self)
{
	finish(self, self->routine(self->argument));
}

void
pthread_exit(void *result)
{
	finish(thread_self(), result);
}

/* The slot of a thread that can be joined or detached, or NULL. */
static struct slot *
find_joinable(pthread_t id)
{
	if (id == 0 || id > THREADS_MAX) {
		return NULL;
	}
	struct slot *slot = &slots[id - 1];
	bool is_ours = slot->state != SLOT_FREE && !slot->is_detached && !slot->has_joiner;
	return is_ours ? slot : NULL;
}

int
pthread_join(pthread_t id, void **result)
{
	if (id == pthread_self()) {
		return EDEADLK;
	}
	glue_lock_acquire(&slots_lock);
	struct slot *slot = find_joinable(id);
	if (slot != NULL) {
		slot->has_joiner = true;
	}
	glue_lock_release(&slots_lock);
	if (slot == NULL) {
		return ESRCH;
	}
	glue_park_while(&slot->state, SLOT_RUNNING, PARK_FOREVER);
	if (result != NULL) {
		*result = slot->result;
	}
	/* The first thread's stack is not ours to use again. */
	if (slot != &slots[0]) {
		__atomic_store_n(&slot->state, SLOT_FREE, __ATOMIC_RELEASE);
	}
	return 0;
}

int
pthread_detach(pthread_t id)
{
	glue_lock_acquire(&slots_lock);
	struct slot *slot = find_joinable(id);
	if (slot != NULL) {
		slot->is_detached = true;
		if (slot->state == SLOT_FINISHED && slot != &slots[0]) {
			slot->state = SLOT_FREE;
		}
	}
	glue_lock_release(&slots_lock);
	return slot == NULL ? ESRCH : 0;
}

pthread_t
pthread_self(void)
{
	return thread_self()->number + 1;
}

int
pthread_equal(pthread_t a, pthread_t b)
{
	return a == b;
}
