/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Messages between two processes with every register and the whole buffer watched. */
#include "machine/exchange.h"

#include <string.h>

#include "abi/process.h"
#include "check.h"
#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "process_driver.h"
#include "registers/registers.h"

static struct registers before;
static struct registers after;

static void
exchange(uint32_t length)
{
	uint8_t *buffer = (uint8_t *)(uintptr_t)PROCESS_BUFFER;
	uint32_t answer = answer_length(length);

	registers_fill(&before, DRIVER_SEED);
	buffer_fill(buffer, DRIVER_SEED);
	before.r[0] = DRIVER_MIRROR;
	before.r[1] = info_make(MIRROR_EXCHANGE, length);
	after = before;
	registers_call(&after, SYS_call);
	/* Before anything else uses the buffer. */
	uint32_t wrong = buffer_check(buffer, DRIVER_SEED, MIRROR_SEED, answer);
	expect_equal(wrong, 0);
	expect_equal(after.r[0], E_OK);
	expect_equal(after.r[1], info_make(0, answer));
	expect_equal(registers_check(&before, &after, MIRROR_SEED, answer, false), 0);
}

static void
check_mirror(uint32_t count)
{
	static uint32_t total;
	uint32_t received;
	uint32_t wrong;
	uint32_t badge;
	uint16_t label;
	uint16_t instance;

	total += count;
	expect_equal(
		mirror_report(DRIVER_MIRROR, &received, &wrong, &badge, &label, &instance), E_OK);
	expect_equal(received, total);
	expect_equal(wrong, 0);
	expect_equal(label, process_info()->label);
	expect_equal(instance, process_info()->instance);
	expect_equal(badge, process_info()->instance); /* the first interface that it gives */
}

static void
exchange_range(uint32_t first, uint32_t last)
{
	for (uint32_t length = first; length <= last; length++) {
		exchange(length);
	}
	check_mirror(last - first + 1);
}

/* A system call that sends nothing anywhere: what it returns, and no more. */
static void
call_alone(uint32_t number, uintptr_t first, uintptr_t second, uintptr_t status)
{
	registers_fill(&before, DRIVER_SEED);
	before.r[0] = first;
	before.r[1] = second;
	after = before;
	registers_call(&after, number);
	expect_equal(after.r[0], status);
	expect_equal(after.r[1], 0);
	expect_equal(registers_check(&before, &after, MIRROR_SEED, 0, false), 0);
}

/* If nobody else runs, nothing changes but status, info and, on ARMv7-A, the number of the call in
 * r12. Not even the thread register, which the next call sets right. */
static void
call_yield(void)
{
	registers_fill(&before, DRIVER_SEED);
	after = before;
	registers_call(&after, SYS_yield);
	(void)sys_clock();
	expect_equal(after.r[0], E_OK);
	expect_equal(after.r[1], 0);
	after.flags &= register_roles.flags;
	if (after.r[12] == 0) {
		before.r[12] = 0;
	}
	expect_equal(
		memcmp(&after.r[2], &before.r[2], sizeof(after) - offsetof(struct registers, r[2])),
		0);
}

/* Payload of `clock` is the time: known only from calls before and after it. */
static void
call_clock(void)
{
	uint64_t time_ns;
	uint64_t start_ns = sys_clock();

	registers_fill(&before, DRIVER_SEED);
	after = before;
	registers_call(&after, SYS_clock);
	__builtin_memcpy(&time_ns, &after.r[2], sizeof(time_ns));
	expect(time_ns >= start_ns && time_ns <= sys_clock());
	expect_equal(after.r[0], E_OK);
	__builtin_memset(&after.r[2], 0, sizeof(time_ns));
	expect_equal(registers_check(&before, &after, MIRROR_SEED, 0, false), 0);
}

/* A receive that fails has no caller to speak of, and the rest is zero like everywhere. */
static void
call_receive(uint32_t number, uintptr_t handle, enum status status)
{
	registers_fill(&before, DRIVER_SEED);
	before.r[0] = handle;
	after = before;
	registers_call(&after, number);
	expect_equal(after.r[0], 0);
	expect_equal(after.r[1], INFO_FAILED | (uint32_t)status);
	expect_equal(registers_check(&before, &after, MIRROR_SEED, 0, false), 0);
}

static void
test_others(void)
{
	check_case("no such capability");
	call_alone(SYS_call, 0, info_make(1, 16), E_HANDLE);
	call_alone(SYS_signal, 0, 1, E_HANDLE);
	call_alone(SYS_wait, 12345, 1, E_HANDLE);
	call_alone(SYS_poll, 12345, 1, E_HANDLE);
	call_alone(SYS_reply, 12345, info_make(0, 16), E_HANDLE);
	call_receive(SYS_recv, 12345, E_HANDLE);
	check_case("denied");
	call_alone(SYS_call, DRIVER_MIRROR, info_make(99, 16), E_DENIED);
	call_alone(SYS_call, DRIVER_MIRROR, UINT32_C(0x20000000), E_DENIED);
	check_case("nothing to answer");
	call_alone(SYS_reply, 0, info_make(0, 16), E_STATE);
	call_receive(SYS_reply_recv, 0, E_STATE);
	check_case("at once");
	call_alone(SYS_poll, HANDLE_NOTIFICATION, 1, E_OK);
	call_yield();
	call_alone(SYS_wait, 0, 1, E_ARGUMENT);
	call_clock();
	check_case("with a deadline");
	call_alone(SYS_deadline, 1, 0, E_OK); /* long ago */
	call_alone(SYS_wait, 0, 1, E_TIMEOUT);
	call_alone(SYS_deadline, 1, 0, E_OK);
	call_alone(SYS_wait, HANDLE_NOTIFICATION, 1, E_TIMEOUT);
	call_alone(SYS_deadline, 1, 0, E_OK);
	call_receive(SYS_recv, HANDLE_ENDPOINT, E_TIMEOUT);
}

void
exchange_test(void)
{
	check_test("registers: system calls without a message");
	test_others();
	check_test("registers: 0 to 40 bytes there, 984 to 1024 back");
	exchange_range(0, 40);
	check_test("registers: 100 to 150 bytes there, 874 to 924 back");
	exchange_range(100, 150);
	check_test("registers: 508 to 516 bytes");
	exchange_range(508, 516);
	check_test("registers: 880 to 1024 bytes there, 0 to 144 back");
	exchange_range(880, 1024);
}
