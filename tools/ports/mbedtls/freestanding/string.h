/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What mbedTLS needs of <string.h> where there is no C library; whoever links it defines these. */
#ifndef MBEDTLS_FREESTANDING_STRING_H
#define MBEDTLS_FREESTANDING_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memset(void *to, int value, size_t bytes);

#endif
