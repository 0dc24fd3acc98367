/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A fuzzer's cases, by number: which to try, and what to say of one that fails. */
#include "tests/host/support/fuzz.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/host/support/random.h"

#define SEEDS "tests/fuzz-policy/seeds"

/* Of the sanitizers, if there are any. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static struct {
	const char *kind;
	uint64_t (*one)(uint64_t n);
	uint64_t count;
	uint64_t sum;
	uint64_t current;
} fuzz;

static void
case_tell(void)
{
	(void)fprintf(stderr,
		"FAIL: %s %llu; again: FUZZ_FROM=%llu FUZZ_COUNT=1; to keep: a line `%s %llu` "
		"in " SEEDS "\n",
		fuzz.kind, (unsigned long long)fuzz.current, (unsigned long long)fuzz.current,
		fuzz.kind, (unsigned long long)fuzz.current);
}

static void
abort_tell(int signal_number)
{
	(void)signal_number;
	case_tell();
	_Exit(1);
}

static void
case_try(uint64_t n)
{
	fuzz.current = n;
	random_restart(n);
	/* Neighbours begin alike. */
	for (uint32_t i = 0; i < 4; i++) {
		(void)random_next();
	}
	fuzz.sum += fuzz.one(n);
}

static void
seeds_try(void)
{
	FILE *file = fopen(SEEDS, "r");
	char line[256];

	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		size_t length = strlen(fuzz.kind);

		if (strncmp(line, fuzz.kind, length) == 0 && line[length] == ' ') {
			case_try(strtoull(line + length, NULL, 10));
		}
	}
	(void)fclose(file);
}

static uint64_t
number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text == NULL || text[0] == '\0' ? otherwise : strtoull(text, NULL, 10);
}

static void
cases_try(void **state)
{
	uint64_t first = number_of("FUZZ_FROM", 0);
	uint64_t count = number_of("FUZZ_COUNT", fuzz.count);

	(void)state;
	random_start(1);
	seeds_try();
	fuzz.sum = 0;
	for (uint64_t n = first; n < first + count; n++) {
		case_try(n);
	}
	print_message("%s %llu %llu %llu\n", fuzz.kind, (unsigned long long)first,
		(unsigned long long)(first + count - 1), (unsigned long long)fuzz.sum);
}

int
fuzz_main(const char *kind, uint64_t count, uint64_t (*one)(uint64_t n))
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cases_try),
	};
	int failed;

	fuzz.kind = kind;
	fuzz.one = one;
	fuzz.count = count;
	if (__sanitizer_set_death_callback != NULL) {
		__sanitizer_set_death_callback(case_tell);
	}
	(void)signal(SIGABRT, abort_tell);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	if (failed != 0) {
		case_tell();
	}
	return failed;
}
