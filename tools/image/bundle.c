/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Writes and checks whole images. */
#include "tools/image/bundle.h"

#include <stdlib.h>
#include <string.h>

#include "abi/abi.h"
#include "tools/host/sha256.h"
#include "tools/image/archive.h"
#include "tools/image/elf.h"

#define HEADER_OFFSET(field)  offsetof(struct image_header, field)
#define SECTION_OFFSET(field) offsetof(struct image_section, field)
#define HEADER_BYTES          sizeof(struct image_header)

/* Linux "Booting AArch64 Linux", section 4: magic "ARM\x64" at 56, image_size at 16. */
#define ARM64_MAGIC_OFFSET      56
#define ARM64_IMAGE_SIZE_OFFSET 16
#define ARM64_MAGIC             UINT32_C(0x644d5241)

const char *
bundle_section_name(enum image_section_id id)
{
	static const char *const names[IMAGE_SECTIONS] = {"policy", "system", "init", "archive"};

	return names[id];
}

bool
image_kernel(struct bytes *image, const struct bytes *binary, const struct elf *elf,
	struct problem *problem)
{
	uint64_t end, load = UINT64_MAX;

	for (uint32_t i = 0; i < elf->segment_count; i++) {
		if (elf->segments[i].paddr < load) {
			load = elf->segments[i].paddr;
		}
	}
	if (!elf_symbol(elf, "kernel_end", &end, problem)) {
		return false;
	}
	if (end <= load || end - load > BYTES_LENGTH_MAX || (end - load) % PAGE_BYTES != 0) {
		return problem_set(problem, "kernel_end 0x%llx is not whole pages behind 0x%llx",
			(unsigned long long)end, (unsigned long long)load);
	}
	if (binary->length == 0 || binary->length > end - load) {
		return problem_set(problem, "the binary has %zu bytes, the ELF file says 1 to %llu",
			binary->length, (unsigned long long)(end - load));
	}
	bytes_append(image, binary->data, binary->length);
	bytes_append_zeros(image, (size_t)(end - load) - binary->length);
	return true;
}

/* A boot loader keeps image_size bytes free for us; the linker script cannot know the bundle. */
static void
grow_image_size(struct bytes *image)
{
	uint8_t *size = image->data + ARM64_IMAGE_SIZE_OFFSET;

	if (image->length >= PAGE_BYTES &&
		get_le32(image->data + ARM64_MAGIC_OFFSET) == ARM64_MAGIC &&
		get_le64(size) < image->length) {
		put_le64(size, image->length);
	}
}

static void
write_section(uint8_t *entry, size_t offset, size_t length, const uint8_t *data)
{
	put_le32(entry + SECTION_OFFSET(offset), (uint32_t)offset);
	put_le32(entry + SECTION_OFFSET(length_bytes), (uint32_t)length);
	sha256(data, page_round(length), entry + SECTION_OFFSET(digest));
}

bool
bundle_make(
	struct bytes *image, const struct bytes sections[IMAGE_SECTIONS], struct problem *problem)
{
	size_t start = image->length;
	uint8_t *header;

	bytes_append_zeros(image, HEADER_BYTES);
	for (size_t i = 0; i < IMAGE_SECTIONS; i++) {
		size_t offset = image->length;

		if (sections[i].length == 0) {
			return problem_set(problem, "the %s is empty",
				bundle_section_name((enum image_section_id)i));
		}
		bytes_append(image, sections[i].data, sections[i].length);
		bytes_pad_page(image);
		write_section(image->data + start + HEADER_OFFSET(sections) +
				      i * sizeof(struct image_section),
			offset - start, sections[i].length, image->data + offset);
	}
	header = image->data + start;
	put_le64(header + HEADER_OFFSET(magic), IMAGE_MAGIC);
	put_le32(header + HEADER_OFFSET(version), IMAGE_VERSION);
	put_le32(header + HEADER_OFFSET(length_bytes), (uint32_t)(image->length - start));
	sha256(header, HEADER_OFFSET(header_digest), header + HEADER_OFFSET(header_digest));
	grow_image_size(image);
	return true;
}

/* The first page that starts like an image header; the kernel's code has no such bytes there. */
static bool
find_header(const uint8_t *image, size_t length, size_t *offset)
{
	for (size_t at = 0; length - at >= HEADER_BYTES; at += PAGE_BYTES) {
		if (get_le64(image + at) == IMAGE_MAGIC) {
			*offset = at;
			return true;
		}
	}
	return false;
}

static bool
check_header(const uint8_t *header, size_t length, struct problem *problem)
{
	uint8_t digest[32];

	sha256(header, HEADER_OFFSET(header_digest), digest);
	if (memcmp(digest, header + HEADER_OFFSET(header_digest), sizeof(digest)) != 0) {
		return problem_set(problem, "the image header does not have its digest");
	}
	if (get_le32(header + HEADER_OFFSET(version)) != IMAGE_VERSION) {
		return problem_set(problem, "image version %u, this tool knows %u",
			get_le32(header + HEADER_OFFSET(version)), IMAGE_VERSION);
	}
	if (get_le32(header + HEADER_OFFSET(length_bytes)) != length) {
		return problem_set(problem, "the bundle says %u bytes, the file has %zu",
			get_le32(header + HEADER_OFFSET(length_bytes)), length);
	}
	if (!bytes_are_zero(header + HEADER_OFFSET(reserved),
		    sizeof(((struct image_header *)0)->reserved))) {
		return problem_set(problem, "reserved bytes of the image header are not zero");
	}
	return true;
}

/* Section i must start where the one before it ended. */
static bool
check_section(struct bundle *bundle, const uint8_t *header, size_t length, size_t i, size_t *offset,
	struct problem *problem)
{
	const uint8_t *entry = header + HEADER_OFFSET(sections) + i * sizeof(struct image_section);
	const char *name = bundle_section_name((enum image_section_id)i);
	size_t section_bytes = get_le32(entry + SECTION_OFFSET(length_bytes));
	size_t padded;

	if (get_le32(entry + SECTION_OFFSET(offset)) != *offset || section_bytes == 0 ||
		section_bytes > length - *offset || page_round(section_bytes) > length - *offset) {
		return problem_set(problem, "section %s lies in the wrong place", name);
	}
	padded = page_round(section_bytes);
	sha256(header + *offset, padded, bundle->digest[i]);
	if (memcmp(bundle->digest[i], entry + SECTION_OFFSET(digest), 32) != 0) {
		return problem_set(problem, "section %s does not have its digest", name);
	}
	if (!bytes_are_zero(header + *offset + section_bytes, padded - section_bytes)) {
		return problem_set(problem, "bytes behind section %s are not zero", name);
	}
	bundle->offset[i] = bundle->kernel_bytes + *offset;
	bundle->length[i] = section_bytes;
	*offset += padded;
	return true;
}

static bool
check_programs(struct bundle *bundle, const uint8_t *image, struct problem *problem)
{
	if (!program_parse(&bundle->init, image + bundle->offset[IMAGE_INIT],
		    bundle->length[IMAGE_INIT], problem)) {
		return false;
	}
	bundle->programs = calloc(ARCHIVE_PROGRAMS_MAX, sizeof(*bundle->programs));
	if (bundle->programs == NULL) {
		return problem_set(problem, "out of memory");
	}
	return archive_parse(image + bundle->offset[IMAGE_ARCHIVE], bundle->length[IMAGE_ARCHIVE],
		bundle->programs, &bundle->program_count, problem);
}

bool
bundle_verify(struct bundle *bundle, const uint8_t *image, size_t length, struct problem *problem)
{
	size_t offset = HEADER_BYTES;

	*bundle = (struct bundle){0};
	if (length > BYTES_LENGTH_MAX || !find_header(image, length, &bundle->kernel_bytes)) {
		return problem_set(problem, "no bundle behind the kernel");
	}
	image += bundle->kernel_bytes;
	length -= bundle->kernel_bytes;
	if (!check_header(image, length, problem)) {
		return false;
	}
	for (size_t i = 0; i < IMAGE_SECTIONS; i++) {
		if (!check_section(bundle, image, length, i, &offset, problem)) {
			return false;
		}
	}
	if (offset != length) {
		return problem_set(problem, "bytes behind the last section");
	}
	return check_programs(bundle, image - bundle->kernel_bytes, problem);
}

void
bundle_free(struct bundle *bundle)
{
	free(bundle->programs);
	bundle->programs = NULL;
}
