/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The broker itself ends a trial, as the kernel does: a policy that locks out whoever would take it
 * back goes by itself.
 */
#include "ksm/hosts/linux/trial.h"

#include <stdlib.h>

#include "abi/abi.h"
#include "abi/policy.h"
#include "ksm/hosts/linux/journal.h"
#include "ksm/hosts/linux/judge.h"
#include "ksm/hosts/linux/peer.h"

static uint64_t end_ns = UINT64_MAX;
static uint32_t number_before; /* while a trial goes on */
static uint64_t floor_confirmed;

uint64_t
trial_floor(void)
{
	uint64_t floor = ksm_policy_version(judge_blob(0));

	return floor > floor_confirmed ? floor : floor_confirmed;
}

static void
write_record(uint16_t label, uint16_t instance, enum policy_event event)
{
	struct record record = {
		.label = label,
		.instance = instance,
		.operand = judge_policy(),
		.method = event,
		.field = UINT16_MAX,
		.event = AUDIT_EVENT_POLICY,
	};

	journal_write(&record);
}

static void
record_by(const struct peer *by, enum policy_event event)
{
	if (by == NULL) {
		write_record(LABEL_INIT, INSTANCE_INIT, event);
	} else {
		write_record(by->home->member->label, by->home->member->number, event);
	}
}

uint32_t
trial_load(const struct peer *by, uint32_t number, uint64_t trial_ns)
{
	uint32_t before = judge_policy();

	if (number >= judge_policies() || trial_ns == 0) {
		return E_ARGUMENT;
	}
	if (ksm_policy_version(judge_blob(number)) < trial_floor()) {
		return E_LIMIT;
	}
	if (end_ns != UINT64_MAX || number == before || !judge_swap(number, false)) {
		return E_STATE;
	}
	number_before = before;
	end_ns = peer_now_ns() + trial_ns;
	record_by(by, POLICY_LOADED);
	return E_OK;
}

uint32_t
trial_confirm(const struct peer *by)
{
	if (end_ns == UINT64_MAX) {
		return E_STATE;
	}
	floor_confirmed = ksm_policy_version(judge_blob(judge_policy()));
	end_ns = UINT64_MAX;
	record_by(by, POLICY_CONFIRMED);
	return E_OK;
}

/* Going back may forget, so it cannot fail. */
static void
go_back(void)
{
	if (!judge_swap(number_before, true)) {
		abort();
	}
	end_ns = UINT64_MAX;
}

uint32_t
trial_revert(const struct peer *by)
{
	if (end_ns == UINT64_MAX) {
		return E_STATE;
	}
	go_back();
	record_by(by, POLICY_REVERTED);
	return E_OK;
}

uint64_t
trial_due_ns(void)
{
	return end_ns;
}

uint64_t
trial_expire(uint64_t now_ns)
{
	if (now_ns >= end_ns) {
		go_back();
		write_record(LABEL_KERNEL, INSTANCE_INIT, POLICY_EXPIRED);
	}
	return end_ns;
}
