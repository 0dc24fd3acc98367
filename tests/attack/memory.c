/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Attacks on memory: others', the kernel's, devices', and its own in ways it is not meant for. */
#include <stddef.h>
#include <string.h>

#include "abi/process.h"
#include "attack/attack.h"
#include "gatehouse/process.h"
#include "gen/core/frame.h"
#include "gen/core/process.h"
#include "gen/core/untyped.h"

#define WINDOW       (PROCESS_DEVICES + UINT64_C(0x02000000))
#define CODE         (PROCESS_DEVICES + UINT64_C(0x02400000))
#define KERNEL       UINT64_C(0x40080000) /* RAM, where kernels lie */
#define CLOCK        UINT64_C(0x09010000) /* registers that nobody was given */
#define THREAD_BYTES 512u                 /* at least */
#define DIRTY_PAGES  32u
#define DIRT         0xa5
#define BIG_PAGES    16u
#define ANSWER       42u

static uint8_t
load(uint64_t address)
{
	return *(volatile const uint8_t *)(uintptr_t)address;
}

static void
store(uint64_t address)
{
	*(volatile uint8_t *)(uintptr_t)address = 1;
}

static uint32_t
call(uint64_t address)
{
	return ((uint32_t(*)(void))(uintptr_t)address)();
}

/* 8: something else where the kernel reads and writes messages, and over other pages. */
struct outcome
attack_buffer(uint8_t step)
{
	static const uint64_t places[] = {
		PROCESS_STACK - 4 * PAGE_BYTES, PROCESS_STACK, PROCESS_TEXT};
	struct outcome outcome = {0};
	uint32_t frame = 0;

	(void)step;
	outcome.status = untyped_retype(HANDLE_ACCOUNT, 1, 0, KIND_FRAME, &frame);
	for (uint32_t i = 0; i < 3 && outcome.status != E_MEMORY && !outcome.gained; i++) {
		outcome.status = frame_map(frame, places[i], RIGHT_READ | RIGHT_WRITE);
		outcome.gained = outcome.status == E_OK;
	}
	outcome.gained |= process_unmap(HANDLE_PROCESS, HANDLE_INITIAL(300)) == E_OK;
	return outcome;
}

/* 10: addresses that are not its own; each step ends it. */
struct outcome
attack_address(uint8_t step)
{
	switch (step) {
	case 1:
		(void)load(CLOCK);
		break;
	case 2:
		(void)load(0);
		break;
	case 3:
		(void)load(KERNEL);
		break;
	case 4:
		store(KERNEL);
		break;
	case 5:
		(void)call(KERNEL);
		break;
	case 6:
		store(PROCESS_STACK - process_info()->stack_bytes - 1);
		break;
	default:
		(void)load(PROCESS_TOP);
		break;
	}
	return (struct outcome){.gained = true};
}

/* All rights that no frame may be mapped with. */
static struct outcome
map_wrong(uint32_t frame)
{
	static const uint8_t rights[] = {
		RIGHT_EXECUTE, RIGHT_EXECUTE | RIGHT_READ, RIGHT_EXECUTE | RIGHT_WRITE, RIGHTS_ALL};
	struct outcome outcome = {0};

	for (uint32_t i = 0; i < sizeof(rights); i++) {
		outcome.status = frame_map(frame, CODE, rights[i]);
		outcome.gained |= outcome.status == E_OK;
	}
	return outcome;
}

/* 11: instructions of its own: by rights, and by a page that was written before. */
struct outcome
attack_execute(uint8_t step)
{
#ifdef __aarch64__
	static const uint32_t code[] = {0x52800540, 0xd65f03c0}; /* mov w0, #42; ret */
#else
	static const uint32_t code[] = {0xe3a0002a, 0xe12fff1e}; /* mov r0, #42; bx lr */
#endif
	uint32_t frame = 0;
	uint32_t status = untyped_retype(HANDLE_ACCOUNT, 1, 0, KIND_FRAME, &frame);

	if (step == 1) {
		return map_wrong(frame);
	}
	if (status == E_OK) {
		status = frame_map(frame, CODE, RIGHT_READ | RIGHT_WRITE);
	}
	if (status != E_OK) {
		return (struct outcome){.status = status};
	}
	memcpy((void *)(uintptr_t)CODE, code, sizeof(code));
	(void)frame_unmap(frame);
	status = frame_map(frame, CODE, RIGHT_READ);
	return (struct outcome){.status = status, .gained = call(CODE) == ANSWER};
}

/* Makes objects until there is no more. Returns the last status. */
static uint32_t
exhaust(uint8_t kind, uint32_t size, uint32_t bytes_each, uint32_t *bytes)
{
	uint32_t handle;
	uint32_t status = E_OK;

	while (status == E_OK && *bytes <= process_info()->account_bytes) {
		status = untyped_retype(HANDLE_ACCOUNT, size, 0, kind, &handle);
		*bytes += status == E_OK ? bytes_each : 0;
	}
	return status;
}

/* 12: more than its account has. Afterwards it has no memory left to live with. */
struct outcome
attack_bomb(uint8_t step)
{
	struct outcome outcome = {0};
	uint32_t bytes = 0;

	if (step != 1) {
		store(0);
	}
	outcome.status = exhaust(KIND_FRAME, BIG_PAGES, BIG_PAGES * PAGE_BYTES, &bytes);
	(void)exhaust(KIND_THREAD, 0, THREAD_BYTES, &bytes);
	(void)exhaust(KIND_FRAME, 1, PAGE_BYTES, &bytes);
	(void)exhaust(KIND_REPLY, 0, 32, &bytes);
	outcome.gained = bytes > process_info()->account_bytes;
	return outcome;
}

static uint8_t *
dirty_pages(struct outcome *outcome)
{
	uint32_t frame = 0;

	outcome->status = untyped_retype(HANDLE_ACCOUNT, DIRTY_PAGES, 0, KIND_FRAME, &frame);
	if (outcome->status == E_OK) {
		outcome->status = frame_map(frame, WINDOW, RIGHT_READ | RIGHT_WRITE);
	}
	return (uint8_t *)(uintptr_t)WINDOW;
}

/* 14: what an earlier life has left in memory. Step 1 leaves it, and dies. */
struct outcome
attack_dirty(uint8_t step)
{
	struct outcome outcome = {0};
	uint8_t *pages = dirty_pages(&outcome);

	if (outcome.status != E_OK) {
		return outcome;
	}
	if (step == 1) {
		memset(pages, DIRT, DIRTY_PAGES * PAGE_BYTES);
		store(0);
	}
	for (uint32_t i = 0; i < DIRTY_PAGES * PAGE_BYTES; i++) {
		outcome.gained |= pages[i] != 0;
	}
	return outcome;
}
