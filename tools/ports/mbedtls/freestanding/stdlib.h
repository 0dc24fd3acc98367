/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* mbedTLS includes <stdlib.h> for size_t. */
#ifndef MBEDTLS_FREESTANDING_STDLIB_H
#define MBEDTLS_FREESTANDING_STDLIB_H

#include <stddef.h>

#endif
