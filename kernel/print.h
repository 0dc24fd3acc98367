/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's own few lines on the console: at boot, on refusal, at a panic. */
#ifndef KERNEL_PRINT_H
#define KERNEL_PRINT_H

#include <stdint.h>

void print(const char *text);
void print_number(uint64_t value);
/* With a point before the last `places` digits: nanoseconds as milliseconds have 6. */
void print_decimal(uint64_t value, uint32_t places);
void print_hex(uint64_t value);

#endif
