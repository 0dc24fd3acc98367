/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What people read about errors of a blob and reasons of a denial. */
#include "ksm/engine/ksm.h"

const char *
ksm_verify_text(enum ksm_verify_error error)
{
	static const char *const texts[] = {
		[KSM_OK] = "the policy is sound",
		[KSM_MAGIC] = "this is no policy: it does not begin like one",
		[KSM_VERSION] = "the policy has a format of another version",
		[KSM_LENGTH] = "the policy is cut off or has bytes behind its end",
		[KSM_DIGEST] = "the policy is damaged: its bytes do not give its digest",
		[KSM_SECTION] = "the policy is malformed: its sections do not fit together",
		[KSM_INDEX] = "the policy is malformed: a number in it is out of range",
		[KSM_PROGRAM] = "the policy is malformed: a program in it is not valid",
		[KSM_RESERVED] = "the policy is malformed: bytes that must be zero are not",
		[KSM_INTERFACES] = "the policy was built for other kernel interfaces",
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
