/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Attempts on memory: other people's, nobody's, and one's own in ways it is not meant for. */
#include <pthread.h>
#include <stddef.h>

#include "abi/process.h"
#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/frame.h"
#include "gen/core/untyped.h"
#include "machine/attempt.h"

#define WINDOW      PROCESS_DEVICES /* frames of these tests */
#define READ_ONLY   (WINDOW + 0x00000)
#define DATA        (WINDOW + 0x10000)
#define UNMAPPED    (WINDOW + 0x20000)
#define KERNEL      UINT64_C(0x40080000) /* RAM, where kernels lie */
#define RAM_LAST    UINT64_C(0x7ffffff8)
#define UART        UINT64_C(0x09000000) /* granted to another process */
#define CONTROLLER  UINT64_C(0x08000000) /* granted to nobody */
#define HIGH_PAGE   UINT64_C(0xffff0000) /* ARMv7's other place for vectors */
#define MAPPED_UART UINT64_C(0xf0000000) /* where the ARMv7 kernel sees devices */
#define BELOW_STACK 0x8000u              /* twice a stack */
#define THREAD_STEP UINT64_C(0x100000)   /* libc: a stack every MiB, its guard page lowest */

static uint32_t data_word[4] = {1, 2, 3, 4};
static const uint32_t constant_word[4] = {1, 2, 3, 4};

static uintptr_t
load(uintptr_t address)
{
	return *(volatile const uint8_t *)address;
}

static uintptr_t
store(uintptr_t address)
{
	*(volatile uint8_t *)address = 1;
	return 0;
}

static uintptr_t
jump(uintptr_t address)
{
	((void (*)(void))address)();
	return 0;
}

static uintptr_t
load_stored(uintptr_t address)
{
	*(volatile uint8_t *)address = 7;
	return *(volatile uint8_t *)address;
}

static uintptr_t
load_unaligned(uintptr_t address)
{
	uint8_t *bytes = (uint8_t *)address;

	bytes[0] = 0x11;
	bytes[1] = 0x22;
	bytes[2] = 0x33;
	bytes[3] = 0x44;
	return *(volatile uint32_t *)address;
}

/* Deeper until there is no stack. */
static uintptr_t
overflow(uintptr_t depth)
{
	volatile uint8_t room[256];

	room[depth % sizeof(room)] = 1;
	if (depth == UINTPTR_MAX) {
		return 0;
	}
	return overflow(depth + 1) + room[0];
}

/* More than the stack at once, so that the guard page is jumped over. */
static uintptr_t
overflow_at_once(uintptr_t argument)
{
	volatile uint8_t room[BELOW_STACK];

	(void)argument;
	room[0] = 1;
	return room[0];
}

static void *
overflow_thread(void *argument)
{
	return (void *)overflow((uintptr_t)argument);
}

static uintptr_t
overflow_in_thread(uintptr_t argument)
{
	pthread_t thread;

	(void)argument;
	if (pthread_create(&thread, NULL, overflow_thread, NULL) != 0) {
		return 0;
	}
	pthread_join(thread, NULL);
	return 0;
}

static uintptr_t
data_place(void)
{
	return (uintptr_t)data_word;
}

static uintptr_t
constant_place(void)
{
	return (uintptr_t)constant_word;
}

static uintptr_t
guard_place(void)
{
	return (uintptr_t)PROCESS_STACK - process_info()->stack_bytes - PAGE_BYTES;
}

static uintptr_t
below_place(void)
{
	return guard_place() + PAGE_BYTES - BELOW_STACK;
}

static uintptr_t
unaligned_place(void)
{
	return attempt_heap() + 1;
}

static uint32_t
map(uint64_t address, uint8_t rights, uint32_t *frame)
{
	uint32_t status = untyped_retype(HANDLE_ACCOUNT, 1, LABEL_NONE, KIND_FRAME, frame);

	return status == E_OK ? frame_map(*frame, address, rights) : status;
}

uint32_t
attempts_prepare(void)
{
	uint32_t frame;
	uint32_t status = map(READ_ONLY, RIGHT_READ, &frame);

	if (status == E_OK) {
		status = map(DATA, RIGHT_READ | RIGHT_WRITE, &frame);
	}
	if (status == E_OK) {
		status = map(UNMAPPED, RIGHT_READ | RIGHT_WRITE, &frame);
	}
	if (status == E_OK) {
		*(volatile uint32_t *)(uintptr_t)UNMAPPED = 1; /* a TLB entry that has to go */
		status = frame_unmap(frame);
	}
	return status;
}

uintptr_t
attempt_heap(void)
{
	return (uintptr_t)DATA;
}

/* product.gate: it is told no time. */
static uintptr_t
tell_time(uintptr_t argument)
{
	(void)argument;
	return (uintptr_t)sys_clock();
}

/* Whether a deadline has passed would tell it as well. */
static uintptr_t
set_deadline(uintptr_t deadline_ns)
{
	return sys_deadline(deadline_ns);
}

/* Where nothing is said it is AT_ARGUMENT. */
const struct attempt attempts_memory[] = {
	{"read null", load, .argument = 0, .kind = FAULT_READ},
	{"write null", store, .argument = 16, .kind = FAULT_WRITE},
	{"jump to null", jump, .argument = 0, .kind = FAULT_EXECUTE},
	{"read below text", load, .argument = PROCESS_TEXT - 1, .kind = FAULT_READ},
	{"write own text", store, .argument = PROCESS_TEXT, .kind = FAULT_WRITE},
	{"write and read own frame", load_stored, attempt_heap, .value = 7, .kind = RETURNS,
		.where = AT_VALUE},
	{"write constant", store, constant_place, .kind = FAULT_WRITE},
	{"write process page", store, .argument = PROCESS_INFO, .kind = FAULT_WRITE},
	{"run process page", jump, .argument = PROCESS_INFO, .kind = FAULT_EXECUTE},
	{"run data", jump, data_place, .kind = FAULT_EXECUTE},
	{"run stack", jump, .argument = PROCESS_STACK - 64, .kind = FAULT_EXECUTE},
	{"run message buffer", jump, .argument = PROCESS_BUFFER, .kind = FAULT_EXECUTE},
	{"run own frame", jump, .argument = DATA, .kind = FAULT_EXECUTE},
	{"run read-only frame", jump, .argument = READ_ONLY, .kind = FAULT_EXECUTE},
	{"write read-only frame", store, .argument = READ_ONLY, .kind = FAULT_WRITE},
	{"read read-only frame", load, .argument = READ_ONLY, .kind = RETURNS, .where = AT_VALUE},
	{"read unmapped frame", load, .argument = UNMAPPED, .kind = FAULT_READ},
	{"write unmapped frame", store, .argument = UNMAPPED, .kind = FAULT_WRITE},
	{"behind the message buffer", store, .argument = PROCESS_BUFFER + PAGE_BYTES,
		.kind = FAULT_WRITE},
	{"stack overflow", overflow, .argument = 0, .kind = FAULT_STACK, .value = PAGE_BYTES,
		.place = guard_place},
	{"stack overflow of one function", overflow_at_once, .argument = 0, .kind = FAULT_STACK,
		.value = BELOW_STACK, .place = below_place},
	{"write guard page", store, guard_place, .kind = FAULT_WRITE},
	{"thread's stack overflow", overflow_in_thread, .argument = PROCESS_THREADS + THREAD_STEP,
		.kind = FAULT_STACK, .value = PAGE_BYTES},
	{"read kernel", load, .argument = KERNEL, .kind = FAULT_READ},
	{"write kernel", store, .argument = KERNEL, .kind = FAULT_WRITE},
	{"jump to kernel", jump, .argument = KERNEL, .kind = FAULT_EXECUTE},
	{"read end of memory", load, .argument = RAM_LAST, .kind = FAULT_READ},
	{"first byte behind user space", load, .argument = PROCESS_TOP, .kind = FAULT_READ},
	{"last byte of user space", load, .argument = PROCESS_TOP - 1, .kind = FAULT_READ},
	{"read another's device", load, .argument = UART, .kind = FAULT_READ},
	{"write another's device", store, .argument = UART, .kind = FAULT_WRITE},
	{"read interrupt controller", load, .argument = CONTROLLER, .kind = FAULT_READ},
	{"write interrupt controller", store, .argument = CONTROLLER, .kind = FAULT_WRITE},
	{"read high page", load, .argument = HIGH_PAGE, .kind = FAULT_READ},
	{"jump to high page", jump, .argument = HIGH_PAGE, .kind = FAULT_EXECUTE},
	{"read kernel's device", load, .argument = MAPPED_UART, .kind = FAULT_READ},
	{"write kernel's device", store, .argument = MAPPED_UART, .kind = FAULT_WRITE},
	{"load unaligned", load_unaligned, unaligned_place, .value = 0x44332211, .kind = RETURNS,
		.where = AT_VALUE},
	{"ask for the time", tell_time, .argument = 0, .kind = RETURNS, .where = AT_VALUE,
		.denials = 1},
	{"set a deadline", set_deadline, .argument = 1, .value = E_DENIED, .kind = RETURNS,
		.where = AT_VALUE, .denials = 1},
	{"set none", set_deadline, .argument = 0, .kind = RETURNS, .where = AT_VALUE},
};

const uint32_t attempts_memory_count = sizeof(attempts_memory) / sizeof(attempts_memory[0]);
