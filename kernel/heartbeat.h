/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The supervisor's sign of life: without it the machine starts anew. */
#ifndef KERNEL_HEARTBEAT_H
#define KERNEL_HEARTBEAT_H

#include <stdint.h>

/* A sign of life; the next one is due within the period. Requires: it is not 0. */
void heartbeat_show(uint64_t wanted_period_ns);

/* When heartbeat_expire wants to be called; UINT64_MAX: nobody promised anything. */
uint64_t heartbeat_due_ns(void);

/* The second period without a sign of life ends in a panic. */
void heartbeat_expire(uint64_t now_ns);

#endif
