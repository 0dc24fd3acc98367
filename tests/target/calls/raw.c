/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Threads without the C library, each with a priority of its own, and calls without stubs. */
#include "calls/raw.h"

#include "abi/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/frame.h"
#include "gen/core/thread.h"
#include "gen/core/untyped.h"

#define THREADS     16u
#define WINDOW      (PROCESS_DEVICES + UINT64_C(0x04000000))
#define STEP        UINT64_C(0x10000)
#define STACK_PAGES 2u
#define LONG_NS     UINT64_C(3600000000000)

static uint32_t handles[THREADS];
static uint8_t priorities[THREADS];

static struct {
	void (*function)(uintptr_t);
	uintptr_t argument;
} tasks[THREADS];

static uint64_t
stack_top(uint32_t number)
{
	return WINDOW + number * STEP + STACK_PAGES * PAGE_BYTES;
}

static uint32_t
make(uint32_t number, uint8_t priority)
{
	uint32_t stack;
	uint64_t start = WINDOW + number * STEP;
	uint32_t status = untyped_retype(HANDLE_ACCOUNT, STACK_PAGES, 0, KIND_FRAME, &stack);

	if (status == E_OK) {
		status = frame_map(stack, start, RIGHT_READ | RIGHT_WRITE);
	}
	if (status == E_OK) {
		status = untyped_retype(HANDLE_ACCOUNT, 0, 0, KIND_THREAD, &handles[number]);
	}
	return status == E_OK ? thread_configure(
					handles[number], start + STEP / 2, HANDLE_PROCESS, priority)
			      : status;
}

/* Where each begins; afterwards it sleeps until it is stopped. */
static void
run(uintptr_t number)
{
	tasks[number].function(tasks[number].argument);
	for (;;) {
		raw_sleep(LONG_NS);
	}
}

uint32_t
raw_start(uint32_t number, uint8_t priority, void (*function)(uintptr_t), uintptr_t argument)
{
	uint32_t status = priorities[number] == priority ? E_OK : E_ARGUMENT;

	if (handles[number] == 0) {
		status = make(number, priority);
		priorities[number] = priority;
	}
	tasks[number].function = function;
	tasks[number].argument = argument;
	return status == E_OK
		       ? thread_start(handles[number], (uintptr_t)run, stack_top(number), 0, number)
		       : status;
}

uint32_t
raw_stop(uint32_t number)
{
	return thread_stop(handles[number]);
}

uint32_t
raw_handle(uint32_t number)
{
	return handles[number];
}

uint8_t *
raw_buffer(uint32_t number)
{
	return (uint8_t *)(uintptr_t)(WINDOW + number * STEP + STEP / 2);
}

uint32_t
raw_call(uint32_t handle, uint32_t info)
{
	struct message message = {.info = info};

	return sys_call(handle, &message);
}

void
raw_sleep(uint64_t time_ns)
{
	uint32_t bits;

	/* In this order: a deadline is for the call that follows it. */
	uint64_t end_ns = sys_clock() + time_ns;
	sys_deadline(end_ns);
	(void)sys_wait(0, &bits);
}

void
raw_spin(uint64_t time_ns)
{
	uint64_t end_ns = sys_clock() + time_ns;

	while (sys_clock() < end_ns) {
	}
}
