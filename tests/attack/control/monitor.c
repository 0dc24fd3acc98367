/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 3, 4, 6, 17, 21, 24: the monitor grants everything. */
#include "control.h"

#include "ksm/engine/ksm.h"

static struct ksm_verdict control_decide(
	struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query);

#define ksm_decide control_decide
#include "kernel/monitor.c"
#undef ksm_decide

static struct ksm_verdict
control_decide(struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query)
{
	static const uint32_t numbers[] = {3, 4, 6, 17, 21, 24};

	for (uint32_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (control_is(numbers[i])) {
			return (struct ksm_verdict){.reason = KSM_GRANTED};
		}
	}
	return ksm_decide(ksm, edge, query);
}
