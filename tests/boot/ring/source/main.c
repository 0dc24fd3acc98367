/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Sends records as fast as the sink takes them, then slowly. */
#include <stdio.h>
#include <time.h>

#include "../ring_test.h"
#include "gatehouse/device.h"
#include "gatehouse/process.h"
#include "gatehouse/ring_port.h"
#include "process_source.h"

#define BATCH 64u
#define FAST  (1600u * BATCH)
#define SLOW  BATCH

const uint32_t gatehouse_console_handle = SOURCE_CONSOLE;

static unsigned failed;

static void
check(bool is_right, const char *what, uint32_t found)
{
	if (!is_right) {
		printf("source: %s: %u\n", what, (unsigned)found);
		failed++;
	}
}

static void
port_open(struct ring_port *port)
{
	uint32_t records = 0, index = 0;
	uint32_t status = stream_open(SOURCE_STREAM, 0, BATCH, &records, &index);

	check(status == E_OK, "open", status);
	struct ring_frame *frame = (void *)(uintptr_t)device_map(records, RING_PAGES * PAGE_BYTES);
	const struct ring_side *peer = device_map_readonly(index, PAGE_BYTES);
	check(frame != NULL && peer != NULL, "map", 0);
	check(ring_producer(&port->ring, &frame->side, peer, frame->records,
		      sizeof(struct ring_record), RING_RECORDS),
		"ring", 0);
	port->bell = SOURCE_BELL;
	port->notification = HANDLE_NOTIFICATION;
}

static void
send(struct ring_port *port, uint32_t number)
{
	struct ring_record record;

	ring_fill(&record, number);
	enum ring_status status = ring_port_put(port, &record, 0);
	check(status == RING_OK, "put", status);
}

/* Until the sink has seen them all, and that they were right. */
static uint32_t
expect_heard(uint32_t sent)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	uint32_t records = 0, wrong = 0, signals = 0;
	bool broken = false;

	for (int i = 0; i < 100 && records < sent; i++) {
		nanosleep(&pause, NULL);
		uint32_t status =
			stream_heard(SOURCE_STREAM, 0, &records, &wrong, &signals, &broken);
		check(status == E_OK, "heard", status);
	}
	check(records == sent, "records", records);
	check(wrong == 0 && !broken, "wrong records", wrong);
	return signals;
}

int
main(void)
{
	const struct timespec pause = {.tv_nsec = 2000000};
	struct ring_port port = {.signals = 0};
	uint32_t signals;

	port_open(&port);
	for (uint32_t i = 0; i < FAST; i++) {
		send(&port, i);
	}
	signals = expect_heard(FAST);
	printf("source: %u records, %u signals, %u back\n", FAST, (unsigned)port.signals,
		(unsigned)signals);
	/* However slowly they come, who waits for a batch is woken once. */
	signals = port.signals;
	for (uint32_t i = 0; i < SLOW; i++) {
		nanosleep(&pause, NULL);
		send(&port, FAST + i);
	}
	(void)expect_heard(FAST + SLOW);
	check(port.signals - signals == SLOW / BATCH, "signals of slow records",
		port.signals - signals);
	(void)sys_signal(SOURCE_LIAR);
	uint32_t bits;
	(void)sys_wait(HANDLE_NOTIFICATION, &bits); /* the liar has begun, and lied */
	for (uint32_t i = 0; i < SLOW; i++) {
		send(&port, FAST + SLOW + i);
	}
	(void)expect_heard(FAST + 2 * SLOW);
	printf("source: %u failed\n", failed);
	(void)sys_signal(SOURCE_LIAR);
	return 0;
}
