/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reads static executables. Field offsets are those of the System V ABI, "Object Files". */
#include "tools/image/elf.h"

#include <string.h>

#include "tools/image/bytes.h"

#define PT_LOAD    1u
#define PT_DYNAMIC 2u
#define PT_INTERP  3u
#define PF_X       1u
#define PF_W       2u
#define PF_R       4u
#define ET_EXEC    2u
#define SHT_SYMTAB 2u

/* Where a class keeps what we read: offsets inside file header, program header, section header and
 * symbol. Addresses and sizes are 4 bytes wide in class 1 and 8 bytes in class 2. */
struct elf_layout {
	uint8_t header_bytes, entry, phoff, shoff, phentsize, phnum, shentsize, shnum;
	uint8_t ph_bytes, ph_flags, ph_offset, ph_vaddr, ph_paddr, ph_filesz, ph_memsz;
	uint8_t sh_bytes, sh_offset, sh_size, sh_link;
	uint8_t sym_bytes, sym_value, sym_shndx;
};

static const struct elf_layout layout_32 = {
	52, 24, 28, 32, 42, 44, 46, 48, 32, 24, 4, 8, 12, 16, 20, 40, 16, 20, 24, 16, 4, 14};
static const struct elf_layout layout_64 = {
	64, 24, 32, 40, 54, 56, 58, 60, 56, 4, 8, 16, 24, 32, 40, 64, 24, 32, 40, 24, 8, 6};

static const struct elf_layout *
elf_layout(const struct elf *elf)
{
	return elf->is_64 ? &layout_64 : &layout_32;
}

static uint64_t
get_word(const struct elf *elf, const uint8_t *data)
{
	return elf->is_64 ? get_le64(data) : get_le32(data);
}

/* True if [offset, offset + length) lies in the file. */
static bool
is_inside(const struct elf *elf, uint64_t offset, uint64_t length)
{
	return offset <= elf->length && length <= elf->length - offset;
}

static bool
read_identity(struct elf *elf, struct problem *problem)
{
	static const uint8_t magic[4] = {0x7f, 'E', 'L', 'F'};
	const uint8_t *bytes = elf->bytes;

	if (elf->length < 16 || memcmp(bytes, magic, sizeof(magic)) != 0) {
		return problem_set(problem, "not an ELF file");
	}
	if (bytes[4] != 1 && bytes[4] != 2) {
		return problem_set(problem, "ELF class %u is neither 32 nor 64 bit", bytes[4]);
	}
	if (bytes[5] != 1) {
		return problem_set(problem, "not little-endian");
	}
	elf->is_64 = bytes[4] == 2;
	if (elf->length < elf_layout(elf)->header_bytes) {
		return problem_set(problem, "the file ends inside its ELF header");
	}
	elf->machine = get_le16(bytes + 18);
	if (elf->machine != (elf->is_64 ? ELF_AARCH64 : ELF_ARM)) {
		return problem_set(problem,
			"machine %u in a %u-bit file; expected ELF32 for ARM or ELF64 for AArch64",
			(unsigned)elf->machine, elf->is_64 ? 64u : 32u);
	}
	if (get_le16(bytes + 16) != ET_EXEC) {
		return problem_set(
			problem, "not a static executable; link with -static and without -pie");
	}
	return true;
}

static bool
read_segment(const struct elf *elf, const uint8_t *header, struct elf_segment *segment,
	struct problem *problem)
{
	const struct elf_layout *layout = elf_layout(elf);
	uint64_t limit = elf->is_64 ? UINT64_MAX : UINT32_MAX;
	uint32_t flags = get_le32(header + layout->ph_flags);

	*segment = (struct elf_segment){
		.offset = get_word(elf, header + layout->ph_offset),
		.vaddr = get_word(elf, header + layout->ph_vaddr),
		.paddr = get_word(elf, header + layout->ph_paddr),
		.file_bytes = get_word(elf, header + layout->ph_filesz),
		.memory_bytes = get_word(elf, header + layout->ph_memsz),
		.is_readable = (flags & PF_R) != 0,
		.is_writable = (flags & PF_W) != 0,
		.is_executable = (flags & PF_X) != 0,
	};
	if (!is_inside(elf, segment->offset, segment->file_bytes)) {
		return problem_set(problem, "a segment's bytes lie outside the file");
	}
	if (segment->file_bytes > segment->memory_bytes) {
		return problem_set(problem, "a segment has more bytes in the file than in memory");
	}
	if (segment->memory_bytes > limit - segment->vaddr) {
		return problem_set(problem, "a segment wraps around the address space");
	}
	return true;
}

/* Keeps the segments in order of address. False: it overlaps another. */
static bool
insert_segment(struct elf *elf, const struct elf_segment *segment, struct problem *problem)
{
	struct elf_segment *segments = elf->segments;
	uint32_t place = elf->segment_count;

	if (place == ELF_SEGMENTS_MAX) {
		return problem_set(problem, "more than %u segments", ELF_SEGMENTS_MAX);
	}
	while (place > 0 && segments[place - 1].vaddr > segment->vaddr) {
		segments[place] = segments[place - 1];
		place--;
	}
	segments[place] = *segment;
	elf->segment_count++;
	for (uint32_t i = 1; i < elf->segment_count; i++) {
		const struct elf_segment *before = &segments[i - 1];

		if (segments[i].vaddr < before->vaddr + before->memory_bytes) {
			return problem_set(problem, "two segments overlap at 0x%llx",
				(unsigned long long)segments[i].vaddr);
		}
	}
	return true;
}

static bool
read_segments(struct elf *elf, struct problem *problem)
{
	const struct elf_layout *layout = elf_layout(elf);
	uint64_t offset = get_word(elf, elf->bytes + layout->phoff);
	uint32_t count = get_le16(elf->bytes + layout->phnum);

	if (count == 0) {
		return problem_set(problem, "no program headers");
	}
	if (get_le16(elf->bytes + layout->phentsize) != layout->ph_bytes ||
		!is_inside(elf, offset, (uint64_t)count * layout->ph_bytes)) {
		return problem_set(problem, "the program headers lie outside the file");
	}
	for (uint32_t i = 0; i < count; i++) {
		const uint8_t *header = elf->bytes + offset + (uint64_t)i * layout->ph_bytes;
		uint32_t type = get_le32(header);
		struct elf_segment segment;

		if (type == PT_DYNAMIC || type == PT_INTERP) {
			return problem_set(
				problem, "dynamically linked; link with -static and without -pie");
		}
		if (type != PT_LOAD || get_word(elf, header + layout->ph_memsz) == 0) {
			continue;
		}
		if (!read_segment(elf, header, &segment, problem) ||
			!insert_segment(elf, &segment, problem)) {
			return false;
		}
	}
	if (elf->segment_count == 0) {
		return problem_set(problem, "nothing to load");
	}
	return true;
}

bool
elf_read(struct elf *elf, const uint8_t *bytes, size_t length, struct problem *problem)
{
	*elf = (struct elf){.bytes = bytes, .length = length};
	if (!read_identity(elf, problem)) {
		return false;
	}
	elf->entry = get_word(elf, bytes + elf_layout(elf)->entry);
	return read_segments(elf, problem);
}

/* Section header `index`, or NULL if it lies outside the file. */
static const uint8_t *
section_header(const struct elf *elf, uint32_t index)
{
	const struct elf_layout *layout = elf_layout(elf);
	uint64_t offset = get_word(elf, elf->bytes + layout->shoff);
	uint32_t count = get_le16(elf->bytes + layout->shnum);

	if (index >= count || get_le16(elf->bytes + layout->shentsize) != layout->sh_bytes ||
		!is_inside(elf, offset, (uint64_t)count * layout->sh_bytes)) {
		return NULL;
	}
	return elf->bytes + offset + (uint64_t)index * layout->sh_bytes;
}

/* The bytes of a section, or NULL if they lie outside the file. */
static const uint8_t *
section_bytes(const struct elf *elf, const uint8_t *header, uint64_t *length)
{
	const struct elf_layout *layout = elf_layout(elf);
	uint64_t offset = get_word(elf, header + layout->sh_offset);

	*length = get_word(elf, header + layout->sh_size);
	return is_inside(elf, offset, *length) ? elf->bytes + offset : NULL;
}

static const uint8_t *
symbol_table(const struct elf *elf)
{
	uint32_t count = get_le16(elf->bytes + elf_layout(elf)->shnum);

	for (uint32_t i = 0; i < count; i++) {
		const uint8_t *header = section_header(elf, i);

		if (header != NULL && get_le32(header + 4) == SHT_SYMTAB) {
			return header;
		}
	}
	return NULL;
}

bool
elf_symbol(const struct elf *elf, const char *name, uint64_t *value, struct problem *problem)
{
	const struct elf_layout *layout = elf_layout(elf);
	const uint8_t *header = symbol_table(elf);
	const uint8_t *symbols, *strings, *strings_header;
	uint64_t symbols_bytes, strings_bytes;
	size_t name_bytes = strlen(name) + 1;

	if (header == NULL) {
		return problem_set(problem, "no symbol table; the file must not be stripped");
	}
	strings_header = section_header(elf, get_le32(header + layout->sh_link));
	symbols = section_bytes(elf, header, &symbols_bytes);
	strings =
		strings_header != NULL ? section_bytes(elf, strings_header, &strings_bytes) : NULL;
	if (symbols == NULL || strings == NULL) {
		return problem_set(problem, "the symbol table lies outside the file");
	}
	for (uint64_t at = 0; symbols_bytes - at >= layout->sym_bytes; at += layout->sym_bytes) {
		uint32_t string = get_le32(symbols + at);

		if (get_le16(symbols + at + layout->sym_shndx) != 0 && string < strings_bytes &&
			name_bytes <= strings_bytes - string &&
			memcmp(strings + string, name, name_bytes) == 0) {
			*value = get_word(elf, symbols + at + layout->sym_value);
			return true;
		}
	}
	return problem_set(problem, "no symbol `%s`", name);
}

const char *
elf_machine_name(enum elf_machine machine)
{
	return machine == ELF_ARM ? "ARM" : "AArch64";
}
