/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A producer that publishes what cannot be, and then dies: the sink goes on. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../ring_test.h"
#include "gatehouse/device.h"
#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "gen/core/process.h"
#include "process_liar.h"

const uint32_t gatehouse_console_handle = LIAR_CONSOLE;

static unsigned failed;

static void
check(bool is_right, const char *what, uint32_t found)
{
	if (!is_right) {
		printf("liar: %s: %u\n", what, (unsigned)found);
		failed++;
	}
}

static void
wait_for_source(void)
{
	uint32_t bits;

	(void)sys_wait(HANDLE_NOTIFICATION, &bits);
}

static void
look(uint32_t *records, bool *broken)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	uint32_t wrong, signals;

	(void)sys_signal(LIAR_BELL);
	nanosleep(&pause, NULL);
	uint32_t status = stream_heard(LIAR_STREAM, 1, records, &wrong, &signals, broken);
	check(status == E_OK, "heard", status);
}

int
main(void)
{
	uint32_t records = 0, index = 0, count = 0;
	bool broken = true;

	wait_for_source();
	uint32_t status = stream_open(LIAR_STREAM, 0, 1, &records, &index);
	check(status == E_DENIED, "open another's ring", status);
	status = stream_open(LIAR_STREAM, 1, 1, &records, &index);
	check(status == E_OK, "open", status);
	volatile struct ring_frame *frame =
		(void *)(uintptr_t)device_map(records, RING_PAGES * PAGE_BYTES);
	struct ring_side *peer = (void *)(uintptr_t)device_map(index, PAGE_BYTES);
	check(frame != NULL && peer != NULL, "map", 0);
	/* Records that nobody wrote are wrong records, no more; so is the sink's own index here. */
	ring_store(&peer->index, 77);
	ring_store((struct ring_word *)(uintptr_t)&frame->side.index, 3);
	look(&count, &broken);
	check(count == 3 && !broken, "records", count);
	ring_store((struct ring_word *)(uintptr_t)&frame->side.index, 3 + RING_RECORDS + 1);
	look(&count, &broken);
	check(count == 3 && broken, "records", count);
	/* Its memory is the sink's: taking its own capabilities away takes nothing from the sink.
	 */
	(void)process_delete(HANDLE_PROCESS, records);
	(void)process_delete(HANDLE_PROCESS, index);
	(void)sys_signal(LIAR_SOURCE);
	wait_for_source();
	uint32_t of_source = 0;
	uint32_t wrong, signals;
	status = stream_heard(LIAR_STREAM, 0, &of_source, &wrong, &signals, &broken);
	check(status == E_OK && !broken && wrong == 0, "the source's ring", of_source);
	printf("liar: %u failed\n", failed);
	fflush(stdout);
	(void)power_off(LIAR_POWER, failed != 0);
	return EXIT_FAILURE;
}
