/* SPDX-License-Identifier: 0BSD */
/*
 * Counts instructions for operations of the kernel. Under `-icount shift=0` one instruction is one
 * nanosecond of virtual time, so differences of the counter are instructions. Prints one line for
 * each figure: figure ID MEAN WORST
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "measure.h"
#include "process_meter.h"

#define SINGLE 1u

/* Bytes of a word in the tables of figures: a register of the machine. */
#define WORD_BYTES (uint32_t)sizeof(uintptr_t)

/* info_make as constants: method, length << INFO_LENGTH_SHIFT. */
enum {
	EMPTY_INFO = ECHO_SOME,
	RANGED_INFO = ECHO_RANGED | 1 << INFO_LENGTH_SHIFT,
	REFUSED_INFO = ECHO_REFUSED,
};

const uint32_t gatehouse_console_handle = METER_CONSOLE;

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

static void
measure(const struct operation *operation)
{
	uint32_t mean = figure_mean(operation);

	measure_mark();
	operation->run(operation, SINGLE);
	measure_mark();

	printf("figure %s %lu %lu\n", operation->id, (unsigned long)mean,
		(unsigned long)figure_worst(operation));
}

/* What floating point adds to the shortest round trip, without its own instructions. */
static void
measure_floats(void)
{
	const struct operation plain = {"", figure_calls, METER_ECHO, EMPTY_INFO};
	const struct operation one = {"ipc.rt.fp1", run_float_calls, METER_ECHO, EMPTY_INFO};
	const struct operation both = {"ipc.rt.fp2", run_float_calls, METER_FLOATING, EMPTY_INFO};
	uint32_t base = figure_mean(&plain);

	printf("figure %s %lu -\n", one.id, (unsigned long)(figure_mean(&one) - base - 1));
	printf("figure %s %lu -\n", both.id, (unsigned long)(figure_mean(&both) - base - 2));
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
		const struct operation operation = {sizes[i].id, figure_calls, METER_ECHO,
			info_make(ECHO_SOME, sizes[i].words * WORD_BYTES)};
		measure(&operation);
	}
}

int
main(void)
{
	static const struct operation others[] = {
		{"ipc.rt.range", figure_calls, METER_ECHO, RANGED_INFO},
		{"ipc.rt.nested3", figure_calls, METER_OUTER, EMPTY_INFO},
		{"ipc.signal", run_signals, METER_PONG, 0},
		{"ipc.null", run_yields, 0, 0},
		{"ipc.clock", run_clocks, 0, 0},
		{"ipc.null.slot", run_polls, HANDLE_NOTIFICATION, 0},
		{"ipc.rt.cap", run_handles, METER_STORE, 0},
		{"ipc.rt.lease4k", run_leases, METER_STORE, 4 << 10},
		{"ipc.rt.lease64k", run_leases, METER_STORE, sizeof(lent)},
		{"copy.64k", run_copies, 0, sizeof(lent)},
		{"ipc.denied", figure_calls, METER_ECHO, REFUSED_INFO},
	};

	measure_messages();
	measure_floats();
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		measure(&others[i]);
	}
	printf("figures are complete\n");
	return (int)power_off(METER_POWER, 0);
}
