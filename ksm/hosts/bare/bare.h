/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What is of the machine: aarch64.S, armv7a.S. */
#ifndef KSM_HOSTS_BARE_BARE_H
#define KSM_HOSTS_BARE_BARE_H

#include <stdint.h>

/* Where a task goes on: its stack, with everything that C keeps over a call on it. */
struct bare_context {
	void *stack;
};

/* Leaves `from`, goes on with `to`; returns when somebody goes on with `from`. */
void bare_switch(struct bare_context *from, const struct bare_context *to);
/* Makes bare_switch to `context` call entry() on the stack that ends at `top`, 16-aligned. */
void bare_prepare(struct bare_context *context, void *top, void (*entry)(void));

/* Ticks of the counter, and how many of them a second has. */
uint64_t bare_ticks(void);
uint32_t bare_ticks_per_s(void);

/* The emulator prints a string; ends with a code. */
void bare_print(const char *text);
_Noreturn void bare_exit(int code);

/* start.S jumps here. */
_Noreturn void bare_main(void);

/* The blobs, from the .S file of the image. */
extern const uint8_t bare_policy[];
extern const uint32_t bare_policy_bytes;
extern const uint8_t bare_system[];
extern const uint32_t bare_system_bytes;

#endif
