/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Text and numbers: formats, lines of input, what has no file behind it. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "libc/tests.h"

static char line[400];

static void
expect_text(const char *expected)
{
	if (!expect(strcmp(line, expected) == 0)) {
		printf("  \"%s\", expected \"%s\"\n", line, expected);
	}
}

static void
test_integers(void)
{
	snprintf(line, sizeof(line), "%d %u %x %o %c %%", -5, 4000000000u, 0xbeefu, 8u, 'z');
	expect_text("-5 4000000000 beef 10 z %");
	snprintf(line, sizeof(line), "%lld %llu %llx", -9223372036854775807LL - 1,
		18446744073709551615ULL, 0x123456789abcdefULL);
	expect_text("-9223372036854775808 18446744073709551615 123456789abcdef");
	snprintf(line, sizeof(line), "[%5d|%-5d|%05d|%+d|% d]", 42, 42, 42, 42, 42);
	expect_text("[   42|42   |00042|+42| 42]");
	snprintf(line, sizeof(line), "%" PRId64 " %" PRIx32 " %zu %hhd", INT64_C(-1), UINT32_C(255),
		(size_t)7, (signed char)-1);
	expect_text("-1 ff 7 -1");
	snprintf(line, sizeof(line), "%.*s|%10s|%-10s|", 3, "abcdef", "right", "left");
	expect_text("abc|     right|left      |");
}

static void
test_floats(void)
{
	snprintf(line, sizeof(line), "%f %.3f %.0f", 3.14159265358979, -2.0005, 0.5);
	expect_text("3.141593 -2.001 0");
	snprintf(line, sizeof(line), "%e %g %g", 12345.678, 1e-5, 100000.0);
	expect_text("1.234568e+04 1e-05 100000");
	snprintf(line, sizeof(line), "%.17g", 0.1);
	expect_text("0.10000000000000001");
	snprintf(line, sizeof(line), "%f %f", INFINITY, -INFINITY);
	expect_text("inf -inf");
	expect(strtod("1e308", NULL) == 1e308);
	expect(strtod("0.1", NULL) == 0.1);
	expect(strtod("-1234.5678e-3x", NULL) == -1.2345678);
	expect(sqrt(2.0) == 0x1.6a09e667f3bcdp+0);
	expect(floor(-0.5) == -1.0 && fmod(10.5, 3.0) == 1.5);
	expect(fabs(sin(1.0) - 0.8414709848078965) < 1e-15);
}

static int
compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void
test_arithmetic(void)
{
	volatile uint64_t large = UINT64_C(0x123456789abcdef0);
	volatile int64_t negative = -1000000007;
	volatile uint32_t seven = 7;
	int numbers[100];

	expect_equal(large / 12345, UINT64_C(0x123456789abcdef0) / 12345);
	expect_equal(large % 1000000007, UINT64_C(0x123456789abcdef0) % 1000000007);
	expect(negative / 13 == -76923077 && negative % 13 == -6);
	expect(UINT32_MAX / seven == 613566756 && UINT32_MAX % seven == 3);
	for (int i = 0; i < 100; i++) {
		numbers[i] = i * 37 % 100;
	}
	qsort(numbers, 100, sizeof(numbers[0]), compare);
	for (int i = 0; i < 100; i++) {
		expect_equal(numbers[i], i);
	}
}

static void
test_absent(void)
{
	errno = 0;
	expect(fopen("/etc/passwd", "r") == NULL);
	expect_equal(errno, ENOENT);
	errno = 0;
	expect_equal((uint64_t)open("file", O_RDONLY), (uint64_t)-1);
	expect_equal(errno, ENOENT);
	errno = 0;
	expect_equal((uint64_t)write(77, "x", 1), (uint64_t)-1);
	expect_equal(errno, EBADF);
	expect(isatty(0) == 1);
	expect(getpid() > 0);
}

void
text_test(void)
{
	check_test("printf of integers and strings");
	test_integers();
	check_test("floating point in text, and from text");
	test_floats();
	check_test("division, and a sort");
	test_arithmetic();
	check_test("files that there are not");
	test_absent();
}

/* tests/boot/libc/test.sh types these lines when it sees the prompts. */
void
input_test(void)
{
	check_test("lines of standard input");
	printf("line 1? ");
	fflush(stdout);
	expect(fgets(line, sizeof(line), stdin) == line);
	expect_text("the first line\n");
	printf("line 2? ");
	fflush(stdout);
	expect(fgets(line, sizeof(line), stdin) == line);
	expect_text("\n");
	printf("line 3? ");
	fflush(stdout);
	expect(fgets(line, 6, stdin) == line);
	expect_text("in pa");
	expect_equal(getchar(), 'r');
	expect(fgets(line, sizeof(line), stdin) == line);
	expect_text("ts\n");
	printf("line 4? ");
	fflush(stdout);
	int first = 0;
	double second = 0;
	expect_equal(scanf("%d %lf", &first, &second), 2);
	expect_equal((uint64_t)first, (uint64_t)-17);
	expect(second == 2.5);
}
