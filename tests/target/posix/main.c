/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Runs the test of each row of interfaces.def. */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gen/core/power.h"
#include "posix.h"
#include "process_tester.h"

#define ERRORS_MAX 256

static bool seen[ERRORS_MAX];

void
posix_saw(int error)
{
	if (error > 0 && error < ERRORS_MAX) {
		seen[error] = true;
	}
}

bool
posix_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	bool wrote = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	return close(fd) == 0 && wrote;
}

const char *
posix_read(const char *path)
{
	static char text[256];
	int fd = open(path, O_RDONLY);
	ssize_t bytes = read(fd, text, sizeof(text) - 1);

	(void)close(fd);
	text[bytes < 0 ? 0 : bytes] = '\0';
	return bytes < 0 ? "(not to be read)" : text;
}

/* Descriptors that a test leaves open are its fault. */
static void
check_left(void)
{
	int fd = open("/dev/null", O_RDONLY);

	check_case("it left something open");
	expect_equal(fd, 3);
	(void)close(fd);
}

static void
run(const char *name, void (*test)(void), int error)
{
	memset(seen, 0, sizeof(seen));
	check_test(name);
	test();
	if (error != 0 && !seen[error]) {
		check_case("its error was not seen");
		expect_equal(0, error);
	}
	check_left();
}

static void
test_arguments(int argc, char **argv)
{
	check_test("arguments");
	expect_equal(argc, 5);
	expect_equal(strcmp(argv[0], "tester"), 0);
	expect_equal(strcmp(argv[1], "one"), 0);
	expect_equal(strcmp(argv[2], "two words"), 0);
	expect_equal(strcmp(argv[3], ""), 0);
	expect_equal(strcmp(argv[4], "last"), 0);
	expect(argv[5] == NULL);
	expect_equal(strcmp(getenv("HOME"), "/"), 0);
	expect_equal(strcmp(getenv("LANG"), "C"), 0);
	expect(getenv("PATH") == NULL);
}

int
main(int argc, char **argv)
{
	test_arguments(argc, argv);
#define works                             run
#define deviates                          run
#define X(name, group, state, error, how) state("posix." #name, test_##name, error);
#include "interfaces.def"
#undef X
	return power_off(TESTER_POWER, check_finish()) != E_OK;
}
