/* SPDX-License-Identifier: 0BSD */
/* The producer: sends ten thousand records; it sleeps when the ring is full. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../shared.h"
#include "gatehouse/device.h"
#include "gatehouse/process.h"
#include "gatehouse/ring_port.h"
#include "gen/core/power.h"
#include "process_producer.h"

#define RECORDS 10000u

const uint32_t gatehouse_console_handle = PRODUCER_CONSOLE;

static bool
open_ring(struct ring_port *port)
{
	uint32_t records = 0;
	uint32_t index = 0;

	if (stream_open(PRODUCER_STREAM, &records, &index) != E_OK) {
		return false;
	}
	struct sample_frame *frame = (void *)(uintptr_t)device_map(records, PAGE_BYTES);
	const struct ring_side *peer = device_map_readonly(index, PAGE_BYTES);
	*port = (struct ring_port){.bell = PRODUCER_BELL, .notification = HANDLE_NOTIFICATION};
	return frame != NULL && peer != NULL &&
	       ring_producer(&port->ring, &frame->side, peer, frame->samples, sizeof(struct sample),
		       RING_RECORDS);
}

/* The consumer works on while this waits. */
static uint32_t
wait_heard(uint32_t *sum)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	uint32_t records = 0;

	for (int i = 0; i < 1000 && records < RECORDS; i++) {
		nanosleep(&pause, NULL);
		(void)stream_heard(PRODUCER_STREAM, &records, sum);
	}
	return records;
}

int
main(void)
{
	struct ring_port port;
	uint32_t sent_sum = 0;
	uint32_t heard_sum = 0;

	if (!open_ring(&port)) {
		printf("ring: it cannot be opened\n");
		return EXIT_FAILURE;
	}
	for (uint32_t i = 0; i < RECORDS; i++) {
		const struct sample sample = {.number = i, .value = i * i};
		if (ring_port_put(&port, &sample, 0) != RING_OK) {
			printf("ring: it broke at record %u\n", (unsigned)i);
			return EXIT_FAILURE;
		}
		sent_sum += sample.value;
	}
	uint32_t heard = wait_heard(&heard_sum);
	bool is_right = heard == RECORDS && heard_sum == sent_sum;
	printf("ring: %u records, %u came, the sum is %s\n", RECORDS, (unsigned)heard,
		is_right ? "right" : "wrong");
	printf("ring: fewer than one signal in ten records: %s\n",
		port.signals < RECORDS / 10 ? "yes" : "no");
	fflush(stdout);
	(void)power_off(PRODUCER_POWER, is_right ? 0 : 1);
	return EXIT_FAILURE;
}
