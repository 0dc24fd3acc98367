/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A blob put together by hand. Requires a little-endian host, as all of them are. */
#include "tests/host/support/hand_blob.h"

#include <stdlib.h>
#include <string.h>

#include "ksm/format_state.h"

static const uint8_t element_bytes[FORMAT_SECTIONS] = {sizeof(struct format_edge),
	sizeof(struct format_row), sizeof(struct format_program), sizeof(struct format_op),
	sizeof(struct format_set), sizeof(struct format_range), sizeof(struct format_state),
	sizeof(struct format_abort), 1};

uint8_t *
hand_blob_bytes(const struct hand_blob *blob, size_t *size)
{
	struct format_header header = {.magic = FORMAT_MAGIC,
		.version = FORMAT_VERSION,
		.label_count = blob->label_count,
		.instance_count = blob->instance_count,
		.rule_count = blob->rule_count,
		.entry_count = blob->entry_count};
	size_t at = sizeof(header);
	uint8_t *bytes;

	for (uint32_t i = 0; i < FORMAT_SECTIONS; i++) {
		header.sections[i].offset = (uint32_t)at;
		header.sections[i].count = blob->counts[i];
		at = (at + (size_t)blob->counts[i] * element_bytes[i] + 7) & ~(size_t)7;
	}
	header.length_bytes = (uint32_t)at;
	bytes = calloc(1, at);
	(void)memcpy(bytes, &header, sizeof(header));
	for (uint32_t i = 0; i < FORMAT_SECTIONS; i++) {
		if (blob->counts[i] != 0) {
			(void)memcpy(bytes + header.sections[i].offset, blob->sections[i],
				(size_t)blob->counts[i] * element_bytes[i]);
		}
	}
	*size = at;
	return bytes;
}

enum ksm_verify_error
hand_bytes_verify(const uint8_t *bytes, size_t size)
{
	static const uint8_t core_digest[32];

	return ksm_verify(bytes, size, bytes + offsetof(struct format_header, digest), core_digest);
}

enum ksm_verify_error
hand_blob_verify(const struct hand_blob *blob)
{
	size_t size;
	uint8_t *bytes = hand_blob_bytes(blob, &size);
	enum ksm_verify_error error = hand_bytes_verify(bytes, size);

	free(bytes);
	return error;
}
