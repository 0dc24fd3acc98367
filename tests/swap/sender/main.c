/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Sends without a pause what one policy allows and the other does not, and counts what it gets. */
#include <stdlib.h>

#include "abi/abi.h"
#include "process_sender.h"

static uint32_t done, denied, other;

static void
count(uint32_t status)
{
	if (status == E_OK) {
		done++;
	} else if (status == E_DENIED) {
		denied++;
	} else {
		other++;
	}
}

int
main(void)
{
	bool on = true;

	for (uint32_t number = 0; on; number++) {
		count(load_even(SENDER_LOAD, number));
		count(plain_say(SENDER_PLAIN, number));
		count(load_odd(SENDER_LOAD, number));
		count(plain_say(SENDER_PLAIN, number));
		if (count_go(SENDER_COUNT, &on) != E_OK) {
			on = false;
		}
	}
	return count_end(SENDER_COUNT, done, denied, other) == E_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
