/* SPDX-License-Identifier: 0BSD */
/* Checks the C library from inside: formats, attributes, files that are not there; then the rest.
 */
#define _DEFAULT_SOURCE /* getentropy */
#include "probe.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_probe.h"

const uint32_t gatehouse_console_handle = PROBE_CONSOLE;

static unsigned checks;
static unsigned failures;
static int constructed;

void
check_at(bool is_good, const char *what, const char *file, int line)
{
	checks++;
	if (!is_good) {
		failures++;
		printf("FAIL %s:%d: %s\n", file, line, what);
	}
}

static void __attribute__((constructor)) construct(void)
{
	constructed = 7;
}

static void
check_start(int argc, char **argv)
{
	CHECK(constructed == 7);
	CHECK(argc == 1 && strcmp(argv[0], "probe") == 0 && argv[1] == NULL);
	CHECK(strcmp(process_info()->name, "probe") == 0);
	CHECK(strcmp(process_info()->class_name, "Probe") == 0);
	CHECK(process_info()->incarnation == 1);
	CHECK(process_attribute("answer") != NULL);
	CHECK(strcmp(process_attribute("answer"), "42") == 0);
	CHECK(process_attribute("question") == NULL);
}

static void
check_formats(void)
{
	char text[80];

	snprintf(text, sizeof(text), "%lld %.3f %zu %s %c %x", -5000000000LL, 1.0 / 3, sizeof(text),
		"word", 'c', 255u);
	CHECK(strcmp(text, "-5000000000 0.333 80 word c ff") == 0);
	CHECK(strtod("2.5e3", NULL) == 2500.0);
	CHECK(fabs(sqrt(2.0) * sqrt(2.0) - 2.0) < 1e-12);
	CHECK(strtoull("18446744073709551615", NULL, 10) == UINT64_MAX);
}

static void
check_files(void)
{
	char bytes[8];

	errno = 0;
	CHECK(fopen("/data/x", "r") == NULL && errno == ENOENT); /* it has no mounts */
	CHECK(isatty(STDOUT_FILENO) == 1);
	errno = 0;
	CHECK(lseek(STDOUT_FILENO, 0, SEEK_SET) == -1 && errno == ESPIPE);
	errno = 0;
	CHECK(write(9, "x", 1) == -1 && errno == EBADF);
	errno = 0;
	CHECK(getentropy(bytes, sizeof(bytes)) == -1 && errno == ENOSYS);
	CHECK(getpid() > 0); /* its instance */
	/* Longer than one message of the console. */
	for (int i = 0; i < 30; i++) {
		CHECK(printf("%*d\n", 70, i) == 71);
	}
}

int
main(int argc, char **argv)
{
	check_start(argc, argv);
	check_formats();
	check_files();
	check_threads();
	check_locks();
	check_time();
	check_deaths();
	check_memory(); /* last: what malloc has taken from the account, threads do not get */
	printf("probe: %u checks, %u failed\n", checks, failures);
	power_off(PROBE_POWER, failures == 0 ? 0 : 1);
	return EXIT_FAILURE;
}
