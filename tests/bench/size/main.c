/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * In init's place: makes a process as init does and says what it took from the account that all of
 * it is made of. Prints a line for each figure: figure ID BYTES -; and one for each part.
 */
#include "abi/abi.h"
#include "abi/process.h"
#include "gatehouse/device.h"
#include "gatehouse/ipc.h"
#include "gen/core/frame.h"
#include "gen/core/power.h"
#include "gen/core/process.h"
#include "gen/core/thread.h"
#include "gen/core/untyped.h"

#define POWER    HANDLE_INITIAL(BOOT_SLOT_POWER)
#define UART     HANDLE_INITIAL(BOOT_SLOT_DEVICES) /* the first of boards/ */
#define LABEL    3u                                /* of the one instance */
#define INSTANCE 1u

#define FEW_SLOTS  16u /* what the smallest process of `gate` gets */
#define MANY_SLOTS 256u
#define PRIORITY   12
#define BUFFERS    (PROCESS_STACK + PAGE_BYTES) /* of further threads, a page of them */
#define SHARERS    (PAGE_BYTES / MESSAGE_BYTES_MAX)
#define DIGITS     10u

/* PL011, DDI 0183G 3.3. */
#define REGISTERS  (PROCESS_TOP - PAGE_BYTES)
#define DATA       0x00u
#define FLAGS      0x18u
#define FLAGS_FULL 0x20u

static uint32_t untyped;
static uint32_t process;

/* Where the kernel enters. */
_Noreturn void _start(const struct boot_info *boot);

uint8_t *
ipc_buffer(void)
{
	return (uint8_t *)(uintptr_t)PROCESS_BUFFER;
}

/* Without a figure the run has failed. */
static void
require(uint32_t status)
{
	if (status != E_OK) {
		(void)power_off(POWER, 1);
	}
}

static uint32_t
retype(uint32_t from, uint32_t size, uint16_t label, uint8_t kind)
{
	uint32_t handle = 0;

	require(untyped_retype(from, size, label, kind, &handle));
	return handle;
}

static uint32_t
free_now(void)
{
	uint64_t free = 0;

	require(untyped_info(untyped, &free, 0));
	return (uint32_t)free;
}

static void
say(const char *text)
{
	volatile void *registers = (volatile void *)(uintptr_t)REGISTERS;

	for (; *text != '\0'; text++) {
		while (reg_read32(registers, FLAGS) & FLAGS_FULL) {
		}
		reg_write32(registers, DATA, (uint8_t)*text);
	}
}

static void
say_bytes(const char *what, uint32_t bytes, const char *behind)
{
	char digits[DIGITS + 1] = {0};
	uint32_t first = DIGITS;

	do {
		digits[--first] = (char)('0' + bytes % 10);
		bytes /= 10;
	} while (bytes != 0);
	say(what);
	say(&digits[first]);
	say(behind);
}

/* What was taken since `before`. */
static uint32_t
part(const char *what, uint32_t before)
{
	uint32_t bytes = before - free_now();

	say_bytes(what, bytes, "\n");
	return bytes;
}

static void
place(uint32_t frame, uint64_t address, uint8_t rights)
{
	uint32_t granted = 0;

	require(process_grant(process, frame, 0, LABEL, KIND_FRAME, rights, &granted));
	require(process_map(process, address, granted, rights));
}

/* The process object with its table. */
static uint32_t
process_bytes(uint32_t slots)
{
	uint32_t before = free_now();

	process = retype(untyped, slots, 0, KIND_PROCESS);
	return before - free_now();
}

static uint32_t
thread_make(uint64_t buffer)
{
	uint32_t thread = retype(untyped, 0, 0, KIND_THREAD);

	require(thread_configure(thread, buffer, process, PRIORITY));
	return thread;
}

/* All but the pages of the program itself. */
static void
measure_process(void)
{
	uint32_t begin = free_now();
	uint32_t before;

	process_bytes(FEW_SLOTS);
	part("part process and slots ", begin);
	require(process_configure(process, HANDLE_ENDPOINT, 0, LABEL, INSTANCE, PRIORITY, false));
	before = free_now();
	uint32_t text = retype(untyped, 1, 0, KIND_FRAME);
	uint32_t program = part("part text, not counted ", before);
	before = free_now();
	place(text, PROCESS_TEXT, RIGHT_READ);
	part("part tables ", before);
	before = free_now();
	(void)thread_make(PROCESS_BUFFER);
	part("part thread, buffer, stack, information ", before);
	before = free_now();
	(void)retype(untyped, 0, 0, KIND_REPLY);
	(void)retype(untyped, 0, 0, KIND_ENDPOINT);
	(void)retype(untyped, 0, 0, KIND_NOTIFICATION);
	part("part reply, endpoint, notification ", before);
	say_bytes("figure size.process ", begin - free_now() - program, " -\n");
	before = free_now();
	for (uint32_t i = 0; i < SHARERS; i++) {
		(void)thread_make(BUFFERS + i * MESSAGE_BYTES_MAX);
	}
	say_bytes("figure size.thread ", (before - free_now()) / SHARERS, " -\n");
}

static void
measure_slot(void)
{
	uint32_t few = process_bytes(FEW_SLOTS);
	uint32_t many = process_bytes(MANY_SLOTS);

	say_bytes("figure size.slot ", (many - few) / (MANY_SLOTS - FEW_SLOTS), " -\n");
}

_Noreturn void
_start(const struct boot_info *boot)
{
	(void)boot;
	require(frame_map(UART, REGISTERS, RIGHT_READ | RIGHT_WRITE));
	untyped = retype(HANDLE_ACCOUNT, 64 * PAGE_BYTES, LABEL, KIND_UNTYPED);
	measure_process();
	measure_slot();
	say("figures are complete\n");
	(void)power_off(POWER, 0);
	__builtin_trap();
}
