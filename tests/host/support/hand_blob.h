/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A blob put together by hand, element by element, for borders that no compiler comes near. */
#ifndef SUPPORT_HAND_BLOB_H
#define SUPPORT_HAND_BLOB_H

#include <stddef.h>
#include <stdint.h>

#include "ksm/engine/ksm.h"
#include "ksm/format.h"

/* Elements of each section; the caller's, changed as it likes. */
struct hand_blob {
	uint32_t label_count;
	uint32_t rule_count;
	uint32_t entry_count;
	uint32_t instance_count;
	const void *sections[FORMAT_SECTIONS];
	uint32_t counts[FORMAT_SECTIONS];
};

/* Returns the bytes, which the caller frees. */
uint8_t *hand_blob_bytes(const struct hand_blob *blob, size_t *size);
/* What the verifier says of them, with a digest that fits. */
enum ksm_verify_error hand_blob_verify(const struct hand_blob *blob);
/* The same of bytes. */
enum ksm_verify_error hand_bytes_verify(const uint8_t *bytes, size_t size);

#endif
