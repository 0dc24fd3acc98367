/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Checks the blobs, makes the application's tasks, runs them. */
#include "ksm/hosts/bare/bare.h"

#include "ksm/hosts/bare/application.h"
#include "ksm/hosts/bare/judge.h"
#include "ksm/hosts/bare/task.h"
#include "ksm/hosts/system.h"

static _Noreturn void
refuse(const char *what, const char *why)
{
	bare_print("bare: error: ");
	bare_print(what);
	bare_print(why);
	bare_print("\n");
	bare_exit(1);
}

void
bare_main(void)
{
	const char *error = judge_open(bare_policy, bare_policy_bytes);

	if (error != NULL) {
		refuse("policy: ", error);
	}
	error = system_open(bare_system, bare_system_bytes, ksm_abi_digest(bare_policy));
	if (error != NULL) {
		refuse("system: ", error);
	}
	if (!application_start()) {
		refuse("application: ", "the system has no such instance");
	}
	bare_print("bare: the policy is verified\n");
	task_run();
}
