/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Absolute times of POSIX as the kernel's nanoseconds. */
#ifndef GLUE_DEADLINE_H
#define GLUE_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* How far the kernel's clock is behind a clock: 0 for CLOCK_MONOTONIC, which it is. */
uint64_t glue_clock_ahead_ns(clockid_t clock);

/* The same as glue_deadline_from for a moment of a clock. One that is over is the start. */
bool glue_deadline_at(clockid_t clock, const struct timespec *time, uint64_t *deadline_ns);

/* A time further ahead than the clock can count is the clock's last. Returns false when it is not a
 * valid time. */
bool glue_deadline_from(const struct timespec *time, uint64_t *deadline_ns);

/* Why a wait with a deadline ended without: ETIMEDOUT, or EPERM if the process is told no time
 * (`no clock`), so that it did not wait at all. */
int glue_timed_out(void);

#endif
