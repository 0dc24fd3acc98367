/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 22: init's time runs faster, so that its waits before a restart are none. See timer.c. */
#include "control.h"

#include "arch/arch.h"

static uint64_t control_clock_ns(void);

#define arch_clock_ns control_clock_ns
#include "kernel/syscall.c"
#undef arch_clock_ns

static uint64_t
control_clock_ns(void)
{
	const struct thread *thread = scheduler_current();
	bool is_hasty = control_is(22) && thread->process->label == LABEL_INIT;

	return arch_clock_ns() * (is_hasty ? CONTROL_HASTE : 1);
}
