/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Text and numbers over the serial line, by waiting: there is no driver beside the fuzzer. */
#ifndef FUZZ_SERIAL_H
#define FUZZ_SERIAL_H

#include <stdbool.h>
#include <stdint.h>

/* Maps the device. False: the kernel refuses. */
bool serial_open(uint32_t frame);

void serial_text(const char *text);
void serial_number(uint64_t number);
void serial_hex(uint32_t number);

/* A decimal number that ends a line, typed by whoever runs the test. */
uint64_t serial_read_number(void);

#endif
