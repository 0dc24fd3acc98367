/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 3, 4, 6, 17, 21, 24: the monitor grants everything. */
#include "control.h"

#include "ksm/engine/plain.h"

static struct ksm_verdict control_decide(
	struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query);
static struct ksm_verdict control_decide_at(struct ksm *ksm, struct ksm_edge *edge,
	struct ksm_entry *entry, const struct ksm_query *query);

#define ksm_decide    control_decide
#define ksm_decide_at control_decide_at
#include "kernel/monitor.c"
#undef ksm_decide
#undef ksm_decide_at

static const struct ksm_verdict granted = {.reason = KSM_GRANTED};

static bool
grants_all(void)
{
	static const uint32_t numbers[] = {3, 4, 6, 17, 21, 24};

	for (uint32_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (control_is(numbers[i])) {
			return true;
		}
	}
	return false;
}

static struct ksm_verdict
control_decide(struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query)
{
	return grants_all() ? granted : ksm_decide(ksm, edge, query);
}

static struct ksm_verdict
control_decide_at(struct ksm *ksm, struct ksm_edge *edge, struct ksm_entry *entry,
	const struct ksm_query *query)
{
	return grants_all() ? granted : ksm_decide_at(ksm, edge, entry, query);
}
