/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Methods of the policy object: which of the image's policies is in force. */
#include "kernel/invoke.h"

#include "core_abi.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/policy.h"

#define NS_PER_MS UINT64_C(1000000)

static enum status
do_policy_load(const struct invocation *call)
{
	return policy_load(call->thread, call->in[POLICY_LOAD_NUMBER_OFFSET],
		get_u32(call->in + POLICY_LOAD_TRIAL_MS_OFFSET) * NS_PER_MS);
}

static enum status
do_policy_confirm(const struct invocation *call)
{
	return policy_confirm(call->thread);
}

static enum status
do_policy_revert(const struct invocation *call)
{
	return policy_revert(call->thread);
}

static enum status
do_policy_info(const struct invocation *call)
{
	uint8_t number = call->in[POLICY_INFO_NUMBER_OFFSET];
	uint64_t due_ns = policy_due_ns();

	if (number >= monitor_policies()) {
		return E_OK; /* found stays false */
	}
	put_u64(call->out + POLICY_INFO_OUT_VERSION_OFFSET, monitor_policy_version(number));
	put_u64(call->out + POLICY_INFO_OUT_FLOOR_OFFSET, policy_floor());
	put_u64(call->out + POLICY_INFO_OUT_TRIAL_END_NS_OFFSET, due_ns == UINT64_MAX ? 0 : due_ns);
	put_u32(call->out + POLICY_INFO_OUT_EPOCH_OFFSET, monitor_epoch());
	call->out[POLICY_INFO_OUT_IN_FORCE_OFFSET] = monitor_policy() == number;
	call->out[POLICY_INFO_OUT_FOUND_OFFSET] = 1;
	return E_OK;
}

static const struct method policy_methods[] = {
	[POLICY_LOAD] = {do_policy_load, POLICY_LOAD_REPLY_BYTES},
	[POLICY_CONFIRM] = {do_policy_confirm, POLICY_CONFIRM_REPLY_BYTES},
	[POLICY_REVERT] = {do_policy_revert, POLICY_REVERT_REPLY_BYTES},
	[POLICY_INFO] = {do_policy_info, POLICY_INFO_REPLY_BYTES},
};

const struct method_table invoke_policy = {
	policy_methods, sizeof(policy_methods) / sizeof(policy_methods[0])};
