/* SPDX-License-Identifier: 0BSD */
/* The loops that are measured, in assembly: nothing but the call between two readings. */
#ifndef METER_MEASURE_H
#define METER_MEASURE_H

#include <stdint.h>

/* Instructions of one turn of measure_calls that are the loop's, not the call's. */
#define LOOP_INSTRUCTIONS 2

/* The counter that user space may read: with one instruction a nanosecond, time counts
 * instructions. */
uint64_t measure_counter(void);
uint32_t measure_frequency_hz(void);

/* An instruction without effect that tests/bench/window.c looks for: the first opens a window, the
 * next closes it. */
void measure_mark(void);

/* Calls `handle` with `info` `rounds` times; eight values live across each call. */
void measure_calls(uint32_t handle, uint32_t info, uint32_t rounds);

/* The same; uses floating point before each call. */
void measure_float_calls(uint32_t handle, uint32_t info, uint32_t rounds);

/* The same with another system call: clock 8, yield 7, poll 6, signal then wait 4 and 5. */
void measure_clocks(uint32_t rounds);
void measure_yields(uint32_t rounds);
void measure_polls(uint32_t handle, uint32_t rounds);
void measure_signals(uint32_t signal_handle, uint32_t wait_handle, uint32_t rounds);

#endif
