/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Takes what it can get, in one of four ways. */
#include <stdlib.h>

#include "gatehouse/ipc.h"
#include "gatehouse/process.h"
#include "process_offender.h"

#define WORK_US 500u

/* Its budget is used up while the server works for it. */
static void
spend(void)
{
	for (;;) {
		(void)work_compute(OFFENDER_WORK, WORK_US);
	}
}

static void
spin(void)
{
	volatile uint32_t turns = 0;

	for (;;) {
		turns++;
	}
}

static void
flood(void)
{
	for (;;) {
		(void)work_refused(OFFENDER_WORK);
	}
}

/* Its server does not answer, is ended for it, and comes again. */
static void
wait_for_nothing(void)
{
	for (;;) {
		(void)silent_answer(OFFENDER_SILENT);
	}
}

int
main(void)
{
	static void (*const kinds[])(void) = {spend, spin, flood, wait_for_nothing};
	const char *kind = process_attribute("kind");

	kinds[kind == NULL ? 0 : strtoul(kind, NULL, 10) % 4]();
}
