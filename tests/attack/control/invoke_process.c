/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 2: what is revoked stays. */
#include "control.h"

#include "kernel/destroy.h"

static bool control_revoke(struct slot *slot);

#define capability_revoke_step control_revoke
#include "kernel/invoke_process.c"
#undef capability_revoke_step

static bool
control_revoke(struct slot *slot)
{
	return !control_is(2) && capability_revoke_step(slot);
}
