/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Dies in the middle of a call: one thread waits for the answer while another breaks. */
#include <pthread.h>
#include <time.h>

#include "process_mortal.h"

static void *
call(void *argument)
{
	(void)work_later(MORTAL_WORK);
	return argument;
}

int
main(void)
{
	const struct timespec while_it_waits = {.tv_nsec = 1000000};
	static uint32_t *volatile nowhere; /* nothing is mapped at address 0 */
	pthread_t caller;

	if (pthread_create(&caller, NULL, call, NULL) != 0) {
		return 1;
	}
	nanosleep(&while_it_waits, NULL);
	*nowhere = 0;
}
