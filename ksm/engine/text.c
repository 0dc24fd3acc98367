/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What people read about errors of a blob and reasons of a denial. */
#include "ksm/engine/ksm.h"

/* One text behind the other, each with its end; behind the last one there is an empty one. */
static const char errors[] = "the policy is sound\0"
			     "this is no policy\0"
			     "the policy has another format version\0"
			     "the policy is cut off or has bytes behind its end\0"
			     "the policy is damaged: its digest differs\0"
			     "the policy's sections do not fit\0"
			     "a number in the policy is out of range\0"
			     "a program in the policy is malformed\0"
			     "the policy sets reserved bytes\0"
			     "the policy is for other kernel interfaces\0";
static const char reasons[] = "granted\0capability\0shape\0default\0forbid\0guard\0full\0state\0"
			      "reply\0epoch\0";

static const char *
text_of(const char *texts, uint32_t number)
{
	for (; number > 0 && *texts != 0; number--) {
		while (*texts++ != 0) {
		}
	}
	return *texts != 0 ? texts : "unknown";
}

const char *
ksm_verify_text(enum ksm_verify_error error)
{
	return text_of(errors, (uint32_t)error);
}

const char *
ksm_reason_text(enum ksm_reason reason)
{
	return text_of(reasons, (uint32_t)reason);
}
