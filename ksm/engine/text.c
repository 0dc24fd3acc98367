/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What people read about errors of a blob and reasons of a denial. */
#include "ksm/engine/ksm.h"

const char *
ksm_verify_text(enum ksm_verify_error error)
{
	static const char *const texts[] = {
		[KSM_OK] = "the policy is sound",
		[KSM_MAGIC] = "this is no policy",
		[KSM_VERSION] = "the policy has another format version",
		[KSM_LENGTH] = "the policy is cut off or has bytes behind its end",
		[KSM_DIGEST] = "the policy is damaged: its digest differs",
		[KSM_SECTION] = "the policy's sections do not fit",
		[KSM_INDEX] = "a number in the policy is out of range",
		[KSM_PROGRAM] = "a program in the policy is malformed",
		[KSM_RESERVED] = "the policy sets reserved bytes",
		[KSM_INTERFACES] = "the policy is for other kernel interfaces",
	};

	return (uint32_t)error < sizeof(texts) / sizeof(texts[0]) ? texts[error] : "unknown error";
}

const char *
ksm_reason_text(enum ksm_reason reason)
{
	static const char *const texts[KSM_REASONS] = {
		[KSM_GRANTED] = "granted",
		[KSM_CAPABILITY] = "capability",
		[KSM_SHAPE] = "shape",
		[KSM_DEFAULT] = "default",
		[KSM_FORBID] = "forbid",
		[KSM_GUARD] = "guard",
		[KSM_FULL] = "full",
		[KSM_STATE] = "state",
		[KSM_REPLY_TAIL] = "reply",
		[KSM_EPOCH] = "epoch",
	};

	return (uint32_t)reason < KSM_REASONS ? texts[reason] : "unknown";
}
