/* SPDX-License-Identifier: 0BSD */
/* The writer: plain C. It writes a log of three lines, then tries what it may not. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gatehouse/process.h"
#include "process_writer.h"

const uint32_t gatehouse_console_handle = WRITER_CONSOLE;

static void
try_open(const char *name, const char *mode)
{
	FILE *file = fopen(name, mode);

	printf("writer: %s for '%s': %s\n", name, mode, file == NULL ? strerror(errno) : "open");
	if (file != NULL) {
		(void)fclose(file);
	}
}

int
main(void)
{
	FILE *log;

	(void)mkdir("/log", 0777);
	try_open("/log/today", "w");
	try_open("/secret", "a");
	log = fopen("/log/today", "a");
	if (log == NULL) {
		perror("writer");
		return EXIT_FAILURE;
	}
	for (int i = 1; i <= 3; i++) {
		fprintf(log, "line %d\n", i);
	}
	if (fclose(log) != 0) {
		perror("writer");
		return EXIT_FAILURE;
	}
	printf("writer: removing it: %s\n", remove("/log/today") == 0 ? "gone" : strerror(errno));
	return EXIT_SUCCESS;
}
