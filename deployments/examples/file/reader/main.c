/* SPDX-License-Identifier: 0BSD */
/* The reader: waits for the log, reads it, and tries to write into it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_reader.h"

#define LINE_BYTES 32
#define LOG_BYTES  21 /* three lines */
#define TRIES      1000

const uint32_t gatehouse_console_handle = READER_CONSOLE;

static void
wait_for_log(void)
{
	const struct timespec pause = {.tv_nsec = 5000000};
	struct stat status;

	for (int i = 0; i < TRIES; i++) {
		if (stat("/log/today", &status) == 0 && status.st_size >= LOG_BYTES) {
			return;
		}
		nanosleep(&pause, NULL);
	}
}

int
main(void)
{
	char line[LINE_BYTES];
	int lines = 0;
	FILE *log;

	wait_for_log();
	log = fopen("/log/today", "r");
	if (log == NULL) {
		perror("reader");
		(void)power_off(READER_POWER, 1);
	}
	while (fgets(line, sizeof(line), log) != NULL) {
		printf("reader: %s", line);
		lines++;
	}
	(void)fclose(log);
	log = fopen("/log/today", "a");
	printf("reader: for 'a': %s\n", log == NULL ? strerror(errno) : "open");
	fflush(stdout);
	(void)power_off(READER_POWER, lines == 3 && log == NULL ? 0 : 1);
	return EXIT_FAILURE;
}
