/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Threads without the C library, each with a priority of its own, and calls without stubs. */
#ifndef CALLS_RAW_H
#define CALLS_RAW_H

#include <stdint.h>

/* Starts raw thread `number` (0..15), with its own stack; it may be started again when it was
 * stopped, with the same priority. It must not use the C library, nor more payload than fits
 * registers. Returns a status. */
uint32_t raw_start(
	uint32_t number, uint8_t priority, void (*function)(uintptr_t), uintptr_t argument);
uint32_t raw_stop(uint32_t number);
/* Its handle, for tests of threads themselves. */
uint32_t raw_handle(uint32_t number);

/* Its message buffer; see LEASE_ADDRESSES in abi/abi.h. */
uint8_t *raw_buffer(uint32_t number);

/* A call with any info word and no payload. Returns the status. */
uint32_t raw_call(uint32_t handle, uint32_t info);

/* Sleeps; other threads run. */
void raw_sleep(uint64_t time_ns);

/* Runs for so long without a blocking call. */
void raw_spin(uint64_t time_ns);

#endif
