/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Floating point in several threads and another process at once: every bit as when alone. */
#include <pthread.h>
#include <stddef.h>

#include "abi/abi.h"
#include "check.h"
#include "libc/series.h"
#include "libc/tests.h"
#include "process_tester.h"

#define STEPS 40000u /* several turns of 10 ms each */

static void *
compute(void *argument)
{
	uint64_t *bits = argument;

	*bits = series_compute((uint32_t)*bits, STEPS);
	return NULL;
}

void
floats_test(void)
{
	pthread_t threads[2];
	uint64_t bits[2] = {111, 222};
	uint64_t other = 0;

	check_test("floating point in two threads and two processes at once");
	uint64_t alone[3] = {
		series_compute(111, STEPS), series_compute(222, STEPS), series_compute(333, STEPS)};
	expect(alone[0] != alone[1] && alone[1] != alone[2]);
	expect_equal(series_start(TESTER_SERIES, 333, STEPS), E_OK);
	for (int i = 0; i < 2; i++) {
		expect_equal(pthread_create(&threads[i], NULL, compute, &bits[i]), 0);
	}
	/* And in this one. */
	expect_equal(series_compute(222, STEPS), alone[1]);
	for (int i = 0; i < 2; i++) {
		expect_equal(pthread_join(threads[i], NULL), 0);
		expect_equal(bits[i], alone[i]);
	}
	expect_equal(series_result(TESTER_SERIES, &other), E_OK);
	expect_equal(other, alone[2]);
}
