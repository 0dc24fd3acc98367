/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Makes programs from executables, and reads them back from images. */
#include "tools/image/program.h"

#include <string.h>

#include "abi/abi.h"
#include "abi/image.h"
#include "abi/process.h"
#include "tools/host/sha256.h"
#include "tools/image/elf.h"

#define PROGRAM_VERSION      1u
#define HEADER_OFFSET(field) offsetof(struct program_header, field)

/* What the segments of one kind cover: [start, end), with bytes in the file up to file_end. */
struct extent {
	uint64_t start, file_end, end;
};

bool
program_name_is_good(const char *name)
{
	size_t length = strlen(name);

	return length > 0 && length < sizeof(((struct program_header *)0)->name) &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == length;
}

static uint32_t
page_count(uint64_t bytes)
{
	return (uint32_t)(page_round((size_t)bytes) / PAGE_BYTES);
}

static bool
check_segment(const struct elf_segment *segment, struct problem *problem)
{
	unsigned long long address = segment->vaddr;

	if (segment->is_writable && segment->is_executable) {
		return problem_set(problem,
			"the segment at 0x%llx is writable and executable; code is never writable "
			"here",
			address);
	}
	if (!segment->is_readable) {
		return problem_set(problem, "the segment at 0x%llx is not readable", address);
	}
	if (segment->vaddr < PROCESS_TEXT ||
		segment->vaddr + segment->memory_bytes > PROCESS_HEAP) {
		return problem_set(problem,
			"the segment at 0x%llx is outside 0x%llx..0x%llx; link with program.ld",
			address, (unsigned long long)PROCESS_TEXT,
			(unsigned long long)PROCESS_HEAP);
	}
	return true;
}

/* Merges all segments that are writable, or all that are not. Empty: start = end = 0. */
static struct extent
merge_segments(const struct elf *elf, bool is_writable)
{
	struct extent extent = {0, 0, 0};

	for (uint32_t i = 0; i < elf->segment_count; i++) {
		const struct elf_segment *segment = &elf->segments[i];

		if (segment->is_writable != is_writable) {
			continue;
		}
		if (extent.end == 0) {
			extent.start = extent.file_end = segment->vaddr;
		}
		if (segment->file_bytes > 0) {
			extent.file_end = segment->vaddr + segment->file_bytes;
		}
		extent.end = segment->vaddr + segment->memory_bytes;
	}
	return extent;
}

/* Thumb code is entered with bit 0 set; it is no part of the address. */
static bool
entry_is_code(const struct elf *elf)
{
	uint64_t entry = elf->machine == ELF_ARM ? elf->entry & ~UINT64_C(1) : elf->entry;

	for (uint32_t i = 0; i < elf->segment_count; i++) {
		const struct elf_segment *segment = &elf->segments[i];

		if (segment->is_executable && entry >= segment->vaddr &&
			entry - segment->vaddr < segment->file_bytes) {
			return true;
		}
	}
	return false;
}

static bool
check_extents(const struct extent *text, const struct extent *data, struct problem *problem)
{
	if (text->end == 0) {
		return problem_set(problem, "no text segment");
	}
	if (text->start % PAGE_BYTES != 0) {
		return problem_set(problem, "text starts at 0x%llx, not on a page",
			(unsigned long long)text->start);
	}
	if (data->end == 0) {
		return true;
	}
	if (data->start % PAGE_BYTES != 0) {
		return problem_set(problem, "data starts at 0x%llx, not on a page",
			(unsigned long long)data->start);
	}
	if (data->start < page_round((size_t)text->end)) {
		return problem_set(problem,
			"data at 0x%llx is not behind the text, which needs pages up to 0x%llx",
			(unsigned long long)data->start,
			(unsigned long long)page_round((size_t)text->end));
	}
	return true;
}

static void
copy_segments(struct bytes *content, const struct elf *elf, const struct extent *extent,
	bool is_writable, uint32_t pages)
{
	uint8_t *target = bytes_append_zeros(content, (size_t)pages * PAGE_BYTES);

	for (uint32_t i = 0; i < elf->segment_count; i++) {
		const struct elf_segment *segment = &elf->segments[i];

		if (segment->is_writable == is_writable && segment->file_bytes > 0) {
			memcpy(target + (segment->vaddr - extent->start),
				elf->bytes + segment->offset, (size_t)segment->file_bytes);
		}
	}
}

static void
write_header(struct program *program, uint64_t text_vaddr, uint64_t data_vaddr)
{
	uint8_t *header = bytes_append_zeros(&program->content, sizeof(struct program_header));

	put_le32(header + HEADER_OFFSET(magic), PROGRAM_MAGIC);
	put_le32(header + HEADER_OFFSET(version), PROGRAM_VERSION);
	put_le64(header + HEADER_OFFSET(entry), program->entry);
	put_le64(header + HEADER_OFFSET(text_vaddr), text_vaddr);
	put_le64(header + HEADER_OFFSET(data_vaddr), data_vaddr);
	put_le32(header + HEADER_OFFSET(text_pages), program->text_pages);
	put_le32(header + HEADER_OFFSET(data_pages), program->data_pages);
	put_le32(header + HEADER_OFFSET(bss_pages), program->bss_pages);
	memcpy(header + HEADER_OFFSET(name), program->name, strlen(program->name));
}

bool
program_make(
	struct program *program, const char *name, const struct elf *elf, struct problem *problem)
{
	struct extent text = merge_segments(elf, false), data = merge_segments(elf, true);

	*program = (struct program){.machine = (uint16_t)elf->machine, .entry = elf->entry};
	if (!program_name_is_good(name)) {
		return problem_set(problem, "bad program name `%.40s`: 1 to %zu of a-z 0-9 _ -",
			name, sizeof(program->name) - 1);
	}
	for (uint32_t i = 0; i < elf->segment_count; i++) {
		if (!check_segment(&elf->segments[i], problem)) {
			return false;
		}
	}
	if (!check_extents(&text, &data, problem)) {
		return false;
	}
	if (!entry_is_code(elf)) {
		return problem_set(problem, "the entry 0x%llx is not in an executable segment",
			(unsigned long long)elf->entry);
	}
	memcpy(program->name, name, strlen(name));
	program->text_pages = page_count(text.end - text.start);
	program->data_pages = page_count(data.file_end - data.start);
	program->bss_pages = page_count(data.end - data.start) - program->data_pages;
	/* Without data the address is that of the first page behind the text, so it is always in
	 * range. */
	write_header(program, text.start,
		data.end != 0 ? data.start
			      : text.start + (uint64_t)program->text_pages * PAGE_BYTES);
	copy_segments(&program->content, elf, &text, false, program->text_pages);
	copy_segments(&program->content, elf, &data, true, program->data_pages);
	sha256(program->content.data, program->content.length, program->digest);
	return true;
}

/* The header's own fields, before anything is computed from them. */
static bool
check_header(const uint8_t *header, struct problem *problem)
{
	const char *name = (const char *)header + HEADER_OFFSET(name);
	size_t name_bytes = sizeof(((struct program_header *)0)->name);
	size_t name_length = strnlen(name, name_bytes);

	if (get_le32(header + HEADER_OFFSET(magic)) != PROGRAM_MAGIC ||
		get_le32(header + HEADER_OFFSET(version)) != PROGRAM_VERSION) {
		return problem_set(problem, "not a program header of version %u", PROGRAM_VERSION);
	}
	if (name_length == name_bytes || !program_name_is_good(name) ||
		!bytes_are_zero((const uint8_t *)name + name_length, name_bytes - name_length)) {
		return problem_set(problem, "a program's name is malformed");
	}
	if (get_le32(header + HEADER_OFFSET(reserved)) != 0 ||
		!bytes_are_zero(header + HEADER_OFFSET(padding),
			sizeof(((struct program_header *)0)->padding))) {
		return problem_set(problem, "reserved bytes of program `%s` are not zero", name);
	}
	return true;
}

bool
program_parse(struct program *program, const uint8_t *bytes, size_t length, struct problem *problem)
{
	uint64_t text, data, pages, top;

	*program = (struct program){0};
	if (length < sizeof(struct program_header)) {
		return problem_set(problem, "a program is shorter than its header");
	}
	if (!check_header(bytes, problem)) {
		return false;
	}
	memcpy(program->name, bytes + HEADER_OFFSET(name), sizeof(program->name));
	program->entry = get_le64(bytes + HEADER_OFFSET(entry));
	program->text_pages = get_le32(bytes + HEADER_OFFSET(text_pages));
	program->data_pages = get_le32(bytes + HEADER_OFFSET(data_pages));
	program->bss_pages = get_le32(bytes + HEADER_OFFSET(bss_pages));
	text = get_le64(bytes + HEADER_OFFSET(text_vaddr));
	data = get_le64(bytes + HEADER_OFFSET(data_vaddr));
	pages = 1 + (uint64_t)program->text_pages + program->data_pages;
	if (length != pages * PAGE_BYTES) {
		return problem_set(
			problem, "program `%s` is not as long as its pages", program->name);
	}
	top = (uint64_t)program->data_pages + program->bss_pages; /* pages of 4 KiB: no overflow */
	if (text < PROCESS_TEXT || text % PAGE_BYTES != 0 || data % PAGE_BYTES != 0 ||
		data > PROCESS_HEAP || top * PAGE_BYTES > PROCESS_HEAP - data || text > data ||
		(uint64_t)program->text_pages * PAGE_BYTES > data - text) {
		return problem_set(
			problem, "program `%s` lies outside its address range", program->name);
	}
	if (program->entry < text ||
		program->entry - text >= (uint64_t)program->text_pages * PAGE_BYTES) {
		return problem_set(
			problem, "the entry of program `%s` is not in its text", program->name);
	}
	sha256(bytes, length, program->digest);
	return true;
}

void
program_free(struct program *program)
{
	bytes_free(&program->content);
}
