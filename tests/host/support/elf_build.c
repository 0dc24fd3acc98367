/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Builds small executables for tests. Offsets are those of the System V ABI, "Object Files". */
#include "tests/host/support/elf_build.h"

#include <string.h>

#include "tools/image/bytes.h"

#define SEGMENTS_AT 64u
#define SECTIONS_AT 512u
#define STRINGS_AT  768u
#define SYMBOLS_AT  800u

struct elf_build
elf_build_program(enum elf_machine machine)
{
	return (struct elf_build){
		.machine = machine,
		.entry = 0x410010,
		.segments = {{1, 5, 0x410000, 0x1000, 5000, 5000},
			{1, 6, 0x412000, 0x3000, 100, 9000}},
		.segment_count = 2,
		.kernel_end = 0x415000,
	};
}

/* An address or size of the file's class; returns what stands behind it. */
static uint8_t *
put_word(uint8_t *at, bool is_64, uint64_t value)
{
	if (is_64) {
		put_le64(at, value);
		return at + 8;
	}
	put_le32(at, (uint32_t)value);
	return at + 4;
}

static uint8_t *
put_half(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)value;
	at[1] = (uint8_t)(value >> 8);
	return at + 2;
}

static uint8_t *
put_full(uint8_t *at, uint32_t value)
{
	put_le32(at, value);
	return at + 4;
}

static void
write_header(const struct elf_build *build, uint8_t *bytes, bool is_64)
{
	static const uint8_t identity[7] = {0x7f, 'E', 'L', 'F', 0, 1, 1};
	uint8_t *at = bytes + 16;

	memcpy(bytes, identity, sizeof(identity));
	bytes[4] = is_64 ? 2 : 1;
	at = put_half(at, 2);
	at = put_half(at, build->machine);
	at = put_full(at, 1);
	at = put_word(at, is_64, build->entry);
	at = put_word(at, is_64, SEGMENTS_AT);
	at = put_word(at, is_64, SECTIONS_AT);
	at = put_full(at, 0);
	at = put_half(at, is_64 ? 64 : 52);
	at = put_half(at, is_64 ? 56 : 32);
	at = put_half(at, build->segment_count);
	at = put_half(at, is_64 ? 64 : 40);
	put_half(at, 3);
}

static void
write_segment(const struct elf_build_segment *segment, uint8_t *at, bool is_64)
{
	at = put_full(at, segment->type);
	if (is_64) {
		at = put_full(at, segment->flags);
	}
	at = put_word(at, is_64, segment->offset);
	at = put_word(at, is_64, segment->vaddr);
	at = put_word(at, is_64, segment->vaddr);
	at = put_word(at, is_64, segment->file_bytes);
	at = put_word(at, is_64, segment->memory_bytes);
	if (!is_64) {
		at = put_full(at, segment->flags);
	}
	put_word(at, is_64, 4096);
}

static void
write_section(uint8_t *at, bool is_64, uint32_t type, uint64_t offset, uint64_t size, uint32_t link)
{
	at = put_full(at, 0);
	at = put_full(at, type);
	at = put_word(at, is_64, 0);
	at = put_word(at, is_64, 0);
	at = put_word(at, is_64, offset);
	at = put_word(at, is_64, size);
	put_full(at, link);
}

/* The symbol table is section 1, its names are section 2. */
static void
write_symbols(const struct elf_build *build, uint8_t *bytes, bool is_64)
{
	static const char strings[] = "\0kernel_end";
	uint32_t section_bytes = is_64 ? 64 : 40, symbol_bytes = is_64 ? 24 : 16;
	uint8_t *symbol = bytes + SYMBOLS_AT + symbol_bytes;

	write_section(
		bytes + SECTIONS_AT + section_bytes, is_64, 2, SYMBOLS_AT, 2 * symbol_bytes, 2);
	write_section(
		bytes + SECTIONS_AT + 2 * section_bytes, is_64, 3, STRINGS_AT, sizeof(strings), 0);
	memcpy(bytes + STRINGS_AT, strings, sizeof(strings));
	put_le32(symbol, 1);
	put_word(symbol + (is_64 ? 8 : 4), is_64, build->kernel_end);
	put_half(symbol + (is_64 ? 6 : 14), 0xfff1);
}

size_t
elf_build_write(const struct elf_build *build, uint8_t bytes[ELF_BUILD_BYTES])
{
	bool is_64 = build->machine == ELF_AARCH64;
	size_t length = 4096;

	memset(bytes, 0, ELF_BUILD_BYTES);
	write_header(build, bytes, is_64);
	write_symbols(build, bytes, is_64);
	for (uint32_t i = 0; i < build->segment_count; i++) {
		const struct elf_build_segment *segment = &build->segments[i];

		write_segment(segment, bytes + SEGMENTS_AT + i * (is_64 ? 56u : 32u), is_64);
		if (segment->offset > ELF_BUILD_BYTES ||
			segment->file_bytes > ELF_BUILD_BYTES - segment->offset) {
			continue; /* the fault that the test is about */
		}
		for (size_t j = 0; j < segment->file_bytes; j++) {
			bytes[segment->offset + j] = (uint8_t)(1 + (i * 7 + j) % 251);
		}
		if (segment->offset + segment->file_bytes > length) {
			length = (size_t)(segment->offset + segment->file_bytes);
		}
	}
	return length;
}
