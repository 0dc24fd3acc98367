/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* job.h: work in a process of its own: what it breaks or forgets ends with it. */
#ifndef LSP_JOB_H
#define LSP_JOB_H

#include <stdbool.h>

struct buffer;

/* Longer answers and jobs of more processor time are given up. */
#define JOB_BYTES_MAX   ((size_t)64 * 1024 * 1024)
#define JOB_SECONDS_MAX 20u

/*
 * Runs work in a copy of this process and appends what it wrote to its buffer to result. Errors:
 * false if there was no process for it, or if it ended before its time; result is as it was.
 */
bool job_run(void (*work)(void *data, struct buffer *out), void *data, struct buffer *result);

#endif
