/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* When something that died is started again, and when that is no help any more. */
#include "restart.h"

#include "abi/system.h"

#define NS_PER_MS    UINT64_C(1000000)
#define DELAY_GROWTH 10u

static uint32_t
next_delay_ms(const struct system_restart *policy, uint32_t last_ms)
{
	if (last_ms == 0) {
		return policy->after_ms;
	}
	return last_ms > policy->after_most_ms / DELAY_GROWTH ? policy->after_most_ms
							      : last_ms * DELAY_GROWTH;
}

bool
restart_again(const struct system_restart *policy, struct restart_row *row, uint64_t now_ns,
	uint64_t *due_ns)
{
	uint64_t period_ns = policy->period_ms * NS_PER_MS;

	if (now_ns - row->restarted_ns >= period_ns) {
		row->delay_ms = 0;
	}
	if (now_ns - row->since_ns >= period_ns) {
		row->count = 0;
	}
	if (policy->limit != 0 && row->count >= policy->limit) {
		return false;
	}
	if (row->count++ == 0) {
		row->since_ns = now_ns;
	}
	row->delay_ms = next_delay_ms(policy, row->delay_ms);
	row->restarted_ns = now_ns + row->delay_ms * NS_PER_MS;
	*due_ns = row->restarted_ns;
	return true;
}
