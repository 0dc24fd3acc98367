/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Tells newlib's headers which optional parts of POSIX this system has (libc-glue implements). */
#ifndef GATEHOUSE_SYS_FEATURES_H
#define GATEHOUSE_SYS_FEATURES_H

#include_next <sys/features.h>

#define _POSIX_THREADS                  200809L
#define _POSIX_TIMERS                   200809L
#define _POSIX_TIMEOUTS                 200809L
#define _POSIX_MONOTONIC_CLOCK          200809L
#define _POSIX_CLOCK_SELECTION          200809L
#define _POSIX_BARRIERS                 200809L
#define _POSIX_READER_WRITER_LOCKS      200809L
#define _POSIX_SPIN_LOCKS               200809L
#define _POSIX_THREAD_PROCESS_SHARED    200809L
#define _UNIX98_THREAD_MUTEX_ATTRIBUTES 1

#endif
