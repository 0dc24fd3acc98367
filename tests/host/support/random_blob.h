/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A blob made wrong: a few fields, ops or elements of it changed, in a way that means something. */
#ifndef SUPPORT_RANDOM_BLOB_H
#define SUPPORT_RANDOM_BLOB_H

#include <stddef.h>
#include <stdint.h>

/* Returns a copy that the caller frees, of exactly *length bytes; its sections fit, mostly. */
uint8_t *random_blob(const uint8_t *sound, size_t size, size_t *length);

#endif
