/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reads the sensor, whose method is idempotent: the stub repeats it, and each read has an answer.
 */
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "process_reader.h"

#define TENTHS  215
#define VICTIMS 3u

const uint32_t gatehouse_console_handle = READER_CONSOLE;

static bool
goes_on(void)
{
	uint32_t reports = 0, kills, half_us, most_us, worst_us;

	return field_stopped(READER_FIELD, 0, &reports, &kills, &half_us, &most_us, &worst_us) !=
		       E_OK ||
	       reports < VICTIMS;
}

int
main(void)
{
	unsigned long reads = 0;
	unsigned long wrong = 0;
	uint32_t last = E_OK;

	for (; goes_on(); reads++) {
		int16_t tenths = 0;
		uint32_t status = sensor_read(READER_SENSOR, &tenths);
		if (status != E_OK || tenths != TENTHS) {
			wrong++;
			last = status;
		}
	}
	printf("reader: %lu reads, %lu wrong (%u)\n", reads, wrong, (unsigned)last);
	fflush(stdout);
	return EXIT_SUCCESS;
}
