/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Sends as fast as it can through a bucket of 500 a second and a burst of 100. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "ksm/hosts/linux/client.h"
#include "tests/hosts/rig/rig.h"

#define RATE     UINT64_C(500) /* slower than the busiest machine sends */
#define BURST    UINT64_C(100)
#define NS_PER_S UINT64_C(1000000000)
#define SWAPS    2u /* while it sends */

static uint64_t
now_ns(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_BOOTTIME, &time);
	return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec;
}

/* The bucket's bound holds whatever the load of the machine: the time is measured around all. What
 * was granted is what arrived. */
void
sender_run(const char *folder, uint32_t count)
{
	struct ksm_message message = {.descriptor_count = 0};
	struct ksm_client client;
	uint64_t granted = 0;
	uint64_t begin_ns;

	rig_open(&client, folder, "sender");
	uint32_t before = rig_end(&client);
	begin_ns = now_ns();
	for (uint32_t i = 0; i < count; i++) {
		uint32_t status =
			rig_call(&client, HANDLE_PIPE, METHOD_PUT, &message, &i, sizeof(i));

		CHECK(status == E_OK || status == E_DENIED);
		if (status == E_OK) {
			CHECK(memcmp(message.bytes, &i, sizeof(i)) == 0);
			granted++;
		}
	}
	uint64_t elapsed_ns = now_ns() - begin_ns;
	CHECK(granted >= (count < BURST ? count : BURST));
	CHECK(granted <= BURST + RATE * (elapsed_ns / 1000) / 1000000 + 1);
	/* An answer is judged by the policy of its own moment: one that a swap denies is no grant.
	 */
	CHECK(((rig_end(&client) - before - (uint32_t)granted) & 0xffffff) <= SWAPS);
	(void)printf("sent %" PRIu32 ", granted %" PRIu64 ", denied %" PRIu64 ", %" PRIu64
		     " ns each\n",
		count, granted, count - granted, elapsed_ns / (count == 0 ? 1 : count));
}
