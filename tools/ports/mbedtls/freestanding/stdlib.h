/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* mbedTLS includes <stdlib.h> for size_t, and for these where a program has a C library. */
#ifndef MBEDTLS_FREESTANDING_STDLIB_H
#define MBEDTLS_FREESTANDING_STDLIB_H

#include <stddef.h>

void *calloc(size_t count, size_t bytes);
void free(void *memory);

#endif
