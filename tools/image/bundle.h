/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The whole image: kernel, struct image_header, four sections (abi/image.h). */
#ifndef IMAGE_BUNDLE_H
#define IMAGE_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/image.h"
#include "tools/image/program.h"

struct elf;

/* Where the parts of an image are, in bytes from the start of the file. */
struct bundle {
	size_t kernel_bytes; /* = offset of the image header */
	size_t offset[IMAGE_SECTIONS];
	size_t length[IMAGE_SECTIONS]; /* without padding */
	uint8_t digest[IMAGE_SECTIONS][32];
	struct program init;
	struct program *programs; /* of the archive, in its order */
	size_t program_count;
};

/* Appends the kernel's bytes and zeros up to its symbol kernel_end, counted from its lowest load
 * address: so the bundle stands where the running kernel looks for it. False, with the problem: no
 * such symbol, an end that is not on a page, or a binary longer than that. */
bool image_kernel(struct bytes *image, const struct bytes *binary, const struct elf *elf,
	struct problem *problem);

/* Appends image header and sections behind the kernel in `image` (a page multiple). False, with the
 * problem: an empty section. */
bool bundle_make(
	struct bytes *image, const struct bytes sections[IMAGE_SECTIONS], struct problem *problem);

/* Finds the bundle of an image and checks every byte of it: header, digests, padding, archive,
 * programs. False, with the first problem. bundle->programs is to be freed either way. Total on any
 * bytes. */
bool bundle_verify(
	struct bundle *bundle, const uint8_t *image, size_t length, struct problem *problem);
void bundle_free(struct bundle *bundle);

const char *bundle_section_name(enum image_section_id id);

#endif
