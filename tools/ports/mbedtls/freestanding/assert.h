/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* mbedTLS includes <assert.h> for its own tests only. */
#ifndef MBEDTLS_FREESTANDING_ASSERT_H
#define MBEDTLS_FREESTANDING_ASSERT_H

#endif
