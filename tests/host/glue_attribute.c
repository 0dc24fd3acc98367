/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Attributes of an instance: found by their whole name, never behind the page. */
/* test: libc-glue/attribute.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gatehouse/process.h"

/* What the kernel told this process. */
static struct process_info told;

const struct process_info *
process_info(void)
{
	return &told;
}

static void
test_find(void **state)
{
	static const char list[] = "low=-5\0lower=7\0empty=\0home=/data/log\0";

	(void)state;
	assert_string_equal(attribute_find(list, sizeof(list), "low"), "-5");
	assert_string_equal(attribute_find(list, sizeof(list), "lower"), "7");
	assert_string_equal(attribute_find(list, sizeof(list), "empty"), "");
	assert_string_equal(attribute_find(list, sizeof(list), "home"), "/data/log");
	assert_null(attribute_find(list, sizeof(list), "lo"));
	assert_null(attribute_find(list, sizeof(list), "data"));
	assert_null(attribute_find(list, sizeof(list), "home="));
	assert_null(attribute_find("", 1, "low"));
	assert_null(attribute_find(NULL, 0, "low"));
}

static void
test_bounds(void **state)
{
	/* No NUL in it at all: the sanitizer watches its end. */
	char *list = malloc(9);

	(void)state;
	memcpy(list, "key=value", 9);
	assert_null(attribute_find(list, 9, "key"));
	assert_null(attribute_find(list, 9, "key=value"));
	assert_null(attribute_find(list, 9, "key=value and more"));
	free(list);
}

static void
test_own(void **state)
{
	static const char list[] = "depth=12\0name=x\0";

	(void)state;
	memcpy(told.attributes, list, sizeof(list));
	assert_string_equal(process_attribute("name"), "x");
	assert_int_equal(process_number("depth", 3), 12);
	assert_int_equal(process_number("width", 3), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
