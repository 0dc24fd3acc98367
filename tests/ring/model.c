/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The ring's own code on a machine with weak memory: all records arrive, once, in order, and nobody
 * sleeps for ever. */
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/ring_port.h"
#include "gatehouse/syscall.h"
#include "tests/ring/machine.h"

#define PRODUCER 0u
#define CONSUMER 1u

static uint32_t count;   /* records that fit */
static uint32_t records; /* that are sent */
static struct ring_port ports[MACHINE_THREADS];

static struct ring_side *
side_of(uint32_t thread)
{
	return (struct ring_side *)(void *)(machine_memory + (size_t)64 * thread);
}

uint32_t
sys_signal(uint32_t handle)
{
	machine_signal(handle);
	return E_OK;
}

uint32_t
sys_wait(uint32_t handle, uint32_t *bits)
{
	(void)handle;
	machine_wait();
	*bits = 1;
	return E_OK;
}

uint32_t
sys_deadline(uint64_t deadline_ns)
{
	(void)deadline_ns;
	return E_OK;
}

static void
start(void)
{
	const uint32_t bytes = sizeof(uint32_t);

	for (uint32_t i = 0; i < MACHINE_THREADS; i++) {
		ports[i] = (struct ring_port){.bell = 1 - i, .notification = i};
	}
	(void)ring_producer(&ports[PRODUCER].ring, side_of(PRODUCER), side_of(CONSUMER),
		machine_memory + 128, bytes, count);
	(void)ring_consumer(&ports[CONSUMER].ring, side_of(CONSUMER), side_of(PRODUCER),
		machine_memory + 128, bytes, count);
}

static void
produce(void)
{
	for (uint32_t i = 1; i <= records; i++) {
		if (ring_port_put(&ports[PRODUCER], &i, 0) != RING_OK) {
			machine_fault("a good peer is refused");
		}
	}
}

static void
consume(void)
{
	for (uint32_t i = 1; i <= records; i++) {
		uint32_t record = 0;
		if (ring_port_take(&ports[CONSUMER], &record, 0) != RING_OK) {
			machine_fault("a good peer is refused");
		}
		if (record != i) {
			machine_fault("a record is lost, or comes twice");
		}
	}
}

int
main(int argc, char **argv)
{
	static void (*const threads[])(void) = {produce, consume};
	const char *fault = NULL;

	if (argc != 3) {
		return 2;
	}
	count = (uint32_t)strtoul(argv[1], NULL, 10);
	records = (uint32_t)strtoul(argv[2], NULL, 10);
	uint64_t states = machine_explore(start, threads, &fault);
	if (fault != NULL) {
		printf("%u records through room for %u: %s\n", records, count, fault);
		return 1;
	}
	printf("%u records through room for %u: %llu states, all good\n", records, count,
		(unsigned long long)states);
	return 0;
}
