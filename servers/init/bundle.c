/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The bundle that the kernel has verified: where its parts are. */
#include "bundle.h"

#include "abi/image.h"

/* The digests were the kernel's business; a mistake of the image tool must still not lead us
 * astray. */
static bool
section_of(const struct image_header *header, uint32_t length_bytes, enum image_section_id id,
	struct span *span)
{
	const struct image_section *section = &header->sections[id];

	if (section->offset < sizeof(*header) || section->offset % sizeof(*header) != 0 ||
		!span_contains(length_bytes, section->offset, section->length_bytes)) {
		return false;
	}
	span->bytes = (const uint8_t *)header + section->offset;
	span->length_bytes = section->length_bytes;
	return true;
}

bool
bundle_open(const uint8_t *bytes, uint32_t length_bytes, struct bundle *bundle)
{
	const struct image_header *header = (const struct image_header *)(const void *)bytes;

	if (length_bytes < sizeof(*header) || header->magic != IMAGE_MAGIC ||
		header->version != IMAGE_VERSION) {
		return false;
	}
	return section_of(header, length_bytes, IMAGE_POLICY, &bundle->policy) &&
	       section_of(header, length_bytes, IMAGE_SYSTEM, &bundle->system) &&
	       section_of(header, length_bytes, IMAGE_ARCHIVE, &bundle->archive);
}
