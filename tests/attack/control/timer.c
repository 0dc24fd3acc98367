/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 22: init's time runs faster, so that its waits before a restart are none. See syscall.c. */
#include "control.h"

#define timer_start timer_start_checked
#include "kernel/timer.c"
#undef timer_start

#include "kernel/process.h"

void
timer_start(struct thread *thread)
{
	if (control_is(22) && thread->deadline_ns != 0 && thread->process->label == LABEL_INIT) {
		thread->deadline_ns = thread->deadline_ns / CONTROL_HASTE + 1;
	}
	timer_start_checked(thread);
}
