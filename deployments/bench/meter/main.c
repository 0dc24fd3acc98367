/* SPDX-License-Identifier: 0BSD */
/*
 * Counts instructions for operations of the kernel. Under `-icount shift=0` one instruction is one
 * nanosecond of virtual time, so differences of the counter are instructions. Prints one line for
 * each figure: figure ID MEAN WORST
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "measure.h"
#include "process_meter.h"

#define ROUNDS 10000u
#define SINGLE 1u
#define NS     UINT64_C(1000000000)

/* Bytes of a word in the tables of figures: a register of the machine. */
#define WORD_BYTES (uint32_t)sizeof(uintptr_t)

/* info_make as constants: method, length << INFO_LENGTH_SHIFT. */
enum {
	EMPTY_INFO = ECHO_SOME,
	RANGED_INFO = ECHO_RANGED | 1 << INFO_LENGTH_SHIFT,
	REFUSED_INFO = ECHO_REFUSED,
};

const uint32_t gatehouse_console_handle = METER_CONSOLE;

struct operation {
	const char *id;
	void (*run)(const struct operation *operation, uint32_t rounds);
	uint32_t handle;
	uint32_t info;
};

static uint32_t
instructions(uint64_t start, uint64_t end, uint32_t rounds)
{
	uint64_t total_ns = (end - start) * (NS / measure_frequency_hz());

	return (uint32_t)((total_ns + rounds / 2) / rounds);
}

static void
run_calls(const struct operation *operation, uint32_t rounds)
{
	measure_calls(operation->handle, operation->info, rounds);
}

static void
run_float_calls(const struct operation *operation, uint32_t rounds)
{
	measure_float_calls(operation->handle, operation->info, rounds);
}

static void
run_clocks(const struct operation *operation, uint32_t rounds)
{
	(void)operation;
	measure_clocks(rounds);
}

static void
run_yields(const struct operation *operation, uint32_t rounds)
{
	(void)operation;
	measure_yields(rounds);
}

static void
run_polls(const struct operation *operation, uint32_t rounds)
{
	measure_polls(operation->handle, rounds);
}

static void
run_signals(const struct operation *operation, uint32_t rounds)
{
	measure_signals(operation->handle, HANDLE_NOTIFICATION, rounds);
}

static _Alignas(4096) uint8_t lent[64 << 10];
static _Alignas(4096) uint8_t copied[sizeof(lent)];

/* Through the generated stubs, as a program does it. */
static void
run_leases(const struct operation *operation, uint32_t rounds)
{
	for (uint32_t i = 0; i < rounds; i++) {
		(void)store_put(operation->handle, lent, operation->info);
	}
}

static void
run_handles(const struct operation *operation, uint32_t rounds)
{
	for (uint32_t i = 0; i < rounds; i++) {
		(void)store_take(operation->handle, i, METER_ECHO);
	}
}

/* What a lease is measured by: the same bytes, copied in one address space by the C library. */
static void
run_copies(const struct operation *operation, uint32_t rounds)
{
	for (uint32_t i = 0; i < rounds; i++) {
		memcpy(copied, lent, operation->info);
		__asm__ volatile("" ::"r"(copied) : "memory");
	}
}

/* Single operations, the counter read around each; the reading itself is taken off. */
static uint32_t
worst_of(const struct operation *operation)
{
	uint64_t reading = measure_counter();
	uint64_t cost = measure_counter() - reading;
	uint64_t worst = 0;

	for (uint32_t i = 0; i < ROUNDS; i++) {
		uint64_t start = measure_counter();
		operation->run(operation, SINGLE);
		uint64_t passed = measure_counter() - start;
		worst = passed > worst ? passed : worst;
	}
	return instructions(0, worst > cost ? worst - cost : 0, 1);
}

static uint32_t
mean_of(const struct operation *operation)
{
	operation->run(operation, ROUNDS / 10); /* what is cold the first time */
	uint64_t start = measure_counter();
	operation->run(operation, ROUNDS);
	uint64_t end = measure_counter();

	return instructions(start, end, ROUNDS) - LOOP_INSTRUCTIONS;
}

static void
measure(const struct operation *operation)
{
	uint32_t mean = mean_of(operation);

	measure_mark();
	operation->run(operation, SINGLE);
	measure_mark();

	printf("figure %s %lu %lu\n", operation->id, (unsigned long)mean,
		(unsigned long)worst_of(operation));
}

/* What floating point adds to the shortest round trip, without its own instructions. */
static void
measure_floats(void)
{
	const struct operation plain = {"", run_calls, METER_ECHO, EMPTY_INFO};
	const struct operation one = {"ipc.rt.fp1", run_float_calls, METER_ECHO, EMPTY_INFO};
	const struct operation both = {"ipc.rt.fp2", run_float_calls, METER_FLOATING, EMPTY_INFO};
	uint32_t base = mean_of(&plain);

	printf("figure %s %lu -\n", one.id, (unsigned long)(mean_of(&one) - base - 1));
	printf("figure %s %lu -\n", both.id, (unsigned long)(mean_of(&both) - base - 2));
}

static void
measure_messages(void)
{
	static const struct {
		const char *id;
		uint32_t words;
	} sizes[] = {{"ipc.rt.0", 0}, {"ipc.rt.4", 4}, {"ipc.rt.8", 8}, {"ipc.rt.16", 16},
		{"ipc.rt.64", 64}, {"ipc.rt.120", 120}};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		const struct operation operation = {sizes[i].id, run_calls, METER_ECHO,
			info_make(ECHO_SOME, sizes[i].words * WORD_BYTES)};
		measure(&operation);
	}
}

int
main(void)
{
	static const struct operation others[] = {
		{"ipc.rt.range", run_calls, METER_ECHO, RANGED_INFO},
		{"ipc.rt.nested3", run_calls, METER_OUTER, EMPTY_INFO},
		{"ipc.signal", run_signals, METER_PONG, 0},
		{"ipc.null", run_yields, 0, 0},
		{"ipc.clock", run_clocks, 0, 0},
		{"ipc.null.slot", run_polls, HANDLE_NOTIFICATION, 0},
		{"ipc.rt.cap", run_handles, METER_STORE, 0},
		{"ipc.rt.lease4k", run_leases, METER_STORE, 4 << 10},
		{"ipc.rt.lease64k", run_leases, METER_STORE, sizeof(lent)},
		{"copy.64k", run_copies, 0, sizeof(lent)},
		{"ipc.denied", run_calls, METER_ECHO, REFUSED_INFO},
	};

	measure_messages();
	measure_floats();
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		measure(&others[i]);
	}
	printf("figures are complete\n");
	return (int)power_off(METER_POWER, 0);
}
