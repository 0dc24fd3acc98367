/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Which of the policies is in force, and whether it is on trial (ksm/SPEC.md W1 to W4). */
#ifndef KSM_HOSTS_LINUX_TRIAL_H
#define KSM_HOSTS_LINUX_TRIAL_H

#include <stddef.h>
#include <stdint.h>

struct peer;

/* As the methods of Policy (kernel/core.gate); each returns an E_ status. by: NULL: whoever runs
 * the broker, who is written down as init. */
uint32_t trial_load(const struct peer *by, uint32_t number, uint64_t trial_ns);
uint32_t trial_confirm(const struct peer *by);
uint32_t trial_revert(const struct peer *by);

/* The least version that may be loaded. */
uint64_t trial_floor(void);
/* The end of the trial; UINT64_MAX: there is none. */
uint64_t trial_due_ns(void);
/* If it is over, and nobody confirmed, the policy before it is in force again. Returns when to call
 * next. */
uint64_t trial_expire(uint64_t now_ns);

#endif
