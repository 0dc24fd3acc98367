/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A long computation whose every bit depends on every register that a switch could lose. */
#ifndef LIBC_SERIES_H
#define LIBC_SERIES_H

#include <stdint.h>

/* The bits of the result; the same seed and steps give the same bits, whatever runs beside it. */
uint64_t series_compute(uint32_t seed, uint32_t steps);

#endif
