/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Absolute times of POSIX as the kernel's nanoseconds. */
#ifndef GLUE_DEADLINE_H
#define GLUE_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* A time further ahead than the clock can count is the clock's last. Returns false when it is not a
 * valid time. */
bool glue_deadline_from(const struct timespec *time, uint64_t *deadline_ns);

#endif
