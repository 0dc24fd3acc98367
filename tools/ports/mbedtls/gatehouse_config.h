/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The parts of mbedTLS that Gatehouse uses: SHA-256, random bytes over it, and nothing that needs
 * an operating system. */
#ifndef GATEHOUSE_CONFIG_H
#define GATEHOUSE_CONFIG_H

#define MBEDTLS_SHA256_C
#define MBEDTLS_MD_C
#define MBEDTLS_HMAC_DRBG_C
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS

#endif
