/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Random system calls from a process that has next to nothing. It may break itself in every way
 * that the policy leaves it; it must not break anything else.
 */
#include "abi/process.h"
#include "gatehouse/ipc.h"
#include "gen/core/core_abi.h"
#include "process_hammerer.h"
#include "registers/registers.h"

#define BLOCK_NS UINT64_C(20000) /* nothing it waits for takes longer */
#define SLOTS    64u
#define MADE     16u /* handles of its own objects that it remembers */

static struct registers registers;
static uint64_t state;
static uint32_t made[MADE];
static uint32_t made_count;

/* xorshift64*, Vigna 2016. */
static uint32_t
random_word(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)(state * UINT64_C(2685821657736338717) >> 32);
}

static uint32_t
random_handle(void)
{
	uint32_t index = random_word() % SLOTS;

	switch (random_word() % 12) {
	case 0:
		return random_word();
	case 1:
		return index;
	case 2:
		return (random_word() % 4) << HANDLE_INDEX_BITS | index;
	case 3:
		return 0;
	case 4:
	case 5:
	case 6:
	case 7:
		return made[random_word() % MADE];
	default:
		return HANDLE_INITIAL(index);
	}
}

static uint32_t
random_length(void)
{
	static const uint16_t lengths[] = {0, 1, 4, 7, 8, 9, 12, 13, 15, 16, 17, 24, 32, 127, 128,
		129, 1000, 1024, 1025, 2047};

	return lengths[random_word() % (sizeof(lengths) / sizeof(lengths[0]))];
}

static uint32_t
random_info(void)
{
	uint32_t method = random_word() % 10;

	switch (random_word() % 8) {
	case 0:
		return random_word();
	case 1:
		return info_make(random_word() & INFO_METHOD_MASK, random_length());
	default:
		return info_make(method, random_length());
	}
}

static uintptr_t
random_value(void)
{
	static const uint32_t values[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 255, 256, 1024, PAGE_BYTES,
		PROCESS_TEXT, PROCESS_INFO, PROCESS_BUFFER, PROCESS_STACK - PAGE_BYTES,
		PROCESS_HEAP, PROCESS_THREADS, PROCESS_DEVICES, 0x30001000, 0x301ff000, 0x303ff000,
		0x3ffff000, 0x40000000, 0x7fffffff, 0x80000000, 0xfffff000, 0xffffffff};

	switch (random_word() % 4) {
	case 0:
		return (uintptr_t)((uint64_t)random_word() << 32 | random_word());
	case 1:
		return random_handle();
	default:
		return values[random_word() % (sizeof(values) / sizeof(values[0]))];
	}
}

static void
put(uint32_t offset, uint64_t value, uint32_t bytes)
{
	uint8_t *buffer = (uint8_t *)(uintptr_t)PROCESS_BUFFER;

	for (uint32_t i = 0; i < bytes; i++) {
		uint8_t byte = (uint8_t)(value >> 8 * i);
		if (offset + i < register_roles.payload_bytes) {
			((uint8_t *)&registers.r[2])[offset + i] = byte;
		} else {
			buffer[offset + i] = byte;
		}
	}
}

static uint64_t
random_address(void)
{
	return random_word() % 4 == 0
		       ? random_value()
		       : PROCESS_DEVICES + (uint64_t)(random_word() % 4096) * PAGE_BYTES;
}

static void
call_retype(void)
{
	static const uint8_t kinds[] = {KIND_THREAD, KIND_NOTIFICATION, KIND_FRAME, KIND_REPLY};
	uint8_t kind = kinds[random_word() % sizeof(kinds)];

	registers.r[0] = HANDLE_ACCOUNT;
	registers.r[1] = info_make(UNTYPED_RETYPE, UNTYPED_RETYPE_CALL_BYTES);
	put(UNTYPED_RETYPE_SIZE_OFFSET, kind == KIND_FRAME ? random_word() % 3 : 0, 4);
	put(UNTYPED_RETYPE_LABEL_OFFSET, 0, 2);
	put(UNTYPED_RETYPE_KIND_OFFSET, kind, 1);
}

static void
call_map(void)
{
	registers.r[0] = random_handle();
	registers.r[1] = info_make(FRAME_MAP, FRAME_MAP_CALL_BYTES);
	put(FRAME_MAP_VADDR_OFFSET, random_address(), 8);
	put(FRAME_MAP_RIGHTS_OFFSET, random_word() % 5, 1);
}

static void
call_configure(void)
{
	registers.r[0] = random_handle();
	registers.r[1] = info_make(THREAD_CONFIGURE, THREAD_CONFIGURE_CALL_BYTES);
	put(THREAD_CONFIGURE_BUFFER_OFFSET, random_address(), 8);
	put(THREAD_CONFIGURE_PROCESS_OFFSET, HANDLE_PROCESS, 4);
	put(THREAD_CONFIGURE_PRIORITY_OFFSET, random_word() % 20, 1);
}

static void
call_start(void)
{
	registers.r[0] = random_handle();
	registers.r[1] = info_make(THREAD_START, THREAD_START_CALL_BYTES);
	put(THREAD_START_PC_OFFSET, PROCESS_TEXT + random_word() % 0x8000, 8);
	put(THREAD_START_SP_OFFSET, random_address(), 8);
	put(THREAD_START_TP_OFFSET, random_address(), 8);
	put(THREAD_START_ARGUMENT_OFFSET, random_word(), 8);
}

static void
call_bind(void)
{
	registers.r[0] = random_handle();
	registers.r[1] = info_make(THREAD_BIND, THREAD_BIND_CALL_BYTES);
	put(THREAD_BIND_NOTIFICATION_OFFSET, random_handle(), 4);
}

static void
call_short(void)
{
	registers.r[0] = random_handle();
	registers.r[1] = info_make(1 + random_word() % 3, 0);
}

/* Requests of the right shape, so that what they do is more than to be refused. */
static void
shape_request(void)
{
	static void (*const requests[])(void) = {
		call_retype, call_map, call_configure, call_start, call_bind, call_short};

	requests[random_word() % (sizeof(requests) / sizeof(requests[0]))]();
}

static void
remember_made(uintptr_t info)
{
	if (info == info_make(UNTYPED_RETYPE, UNTYPED_RETYPE_CALL_BYTES) &&
		registers.r[0] == E_OK && registers.r[1] == info_make(0, 4)) {
		made[made_count++ % MADE] = (uint32_t)registers.r[2];
	}
}

/* Stopping its own thread, or its process, only ends the test. */
static bool
is_suicide(uint32_t handle, uint32_t info)
{
	return (handle == HANDLE_THREAD && info_method(info) == THREAD_STOP) ||
	       (handle == HANDLE_PROCESS && info_method(info) == PROCESS_EXIT);
}

static void
call_once(void)
{
	uint32_t number = random_word() % SYSCALL_COUNT;

	for (uint32_t i = 0; i < 31; i++) {
		registers.r[i] = random_value();
	}
	if (random_word() % 2 == 0) {
		number = SYS_call;
	}
	registers.r[0] = random_handle();
	registers.r[1] = random_info();
	registers.flags = random_word();
	if (number == SYS_call && random_word() % 2 == 0) {
		shape_request();
	}
	uintptr_t info = registers.r[1];
	if (number == SYS_call && is_suicide((uint32_t)registers.r[0], (uint32_t)registers.r[1])) {
		return;
	}
	uint64_t end_ns = sys_clock() + BLOCK_NS;
	sys_deadline(end_ns);
	registers_call(&registers, number);
	remember_made(info);
}

static uint32_t
run(void *context, const struct caller *caller, uint32_t seed, uint32_t count)
{
	struct message message = {.info = info_make(0, 0)};

	(void)context;
	(void)caller;
	(void)sys_reply(0, &message);
	state = (uint64_t)seed << 32 | ~seed;
	for (uint32_t i = 0; i < count; i++) {
		call_once();
	}
	(void)sys_signal(HAMMERER_BELL);
	return GATE_LATER;
}

int
main(void)
{
	static const struct hammer_server server = {.run = run};
	struct message message;
	struct received received;

	for (;;) {
		ipc_recv(HANDLE_ENDPOINT, &message, &received);
		if (received.kind == RECEIVED_MESSAGE &&
			hammerer_serve(&received.caller, &message, &server)) {
			(void)ipc_reply(0, &message);
		} else if (received.kind == RECEIVED_FAILED && received.status == E_STATE) {
			/* It took somebody's request by chance and owes the answer. */
			message.info = info_make(0, 0);
			(void)sys_reply(0, &message);
		}
	}
}
