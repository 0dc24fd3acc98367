/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Which of the image's policies is in force, and whether it is on trial (ksm/SPEC.md W1 to W4). */
#ifndef KERNEL_POLICY_H
#define KERNEL_POLICY_H

#include <stdint.h>

#include "abi/abi.h"

struct object;
struct thread;

/* The kernel object whose capability lets a process choose. */
struct object *policy_object(void);

/* Methods of Policy (kernel/core.gate), for the thread that calls. STATUS_AGAIN: a step is done,
 * the same call goes on; until it is over the policy before is in force. */
enum status policy_load(const struct thread *by, uint32_t number, uint64_t trial_ns);
enum status policy_confirm(const struct thread *by);
enum status policy_revert(const struct thread *by);

/* The least version that may be loaded. */
uint64_t policy_floor(void);

/* When policy_expire wants to be called: the end of the trial; UINT64_MAX: there is none. */
uint64_t policy_due_ns(void);
/* The trial is over, and nobody confirmed: the policy before it is in force again, or some steps
 * nearer to it. */
void policy_expire(uint64_t now_ns);

#endif
