/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Writes and reads the program archive. */
#include "tools/image/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/image.h"
#include "tools/image/elf.h"
#include "tools/image/program.h"

#define HEADER_OFFSET(field) offsetof(struct archive_header, field)
#define ENTRY_OFFSET(field)  offsetof(struct archive_entry, field)

static int
compare_names(const void *a, const void *b)
{
	const struct program *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static bool
check_set(const struct program *programs, size_t count, struct problem *problem)
{
	for (size_t i = 1; i < count; i++) {
		if (strcmp(programs[i - 1].name, programs[i].name) == 0) {
			return problem_set(
				problem, "two programs are named `%s`", programs[i].name);
		}
		if (programs[i - 1].machine != programs[i].machine) {
			return problem_set(problem, "`%s` is for %s, `%s` is for %s",
				programs[i - 1].name,
				elf_machine_name((enum elf_machine)programs[i - 1].machine),
				programs[i].name,
				elf_machine_name((enum elf_machine)programs[i].machine));
		}
	}
	return true;
}

static size_t
table_bytes(size_t count)
{
	return page_round(sizeof(struct archive_header) + count * sizeof(struct archive_entry));
}

bool
archive_make(struct bytes *archive, struct program *programs, size_t count, struct problem *problem)
{
	uint8_t *header;
	size_t offset = table_bytes(count), start = archive->length;

	if (count == 0 || count > ARCHIVE_PROGRAMS_MAX) {
		return problem_set(
			problem, "an archive has 1 to %u programs", ARCHIVE_PROGRAMS_MAX);
	}
	qsort(programs, count, sizeof(*programs), compare_names);
	if (!check_set(programs, count, problem)) {
		return false;
	}
	header = bytes_append_zeros(archive, offset);
	for (size_t i = 0; i < count; i++) {
		uint8_t *entry =
			header + sizeof(struct archive_header) + i * sizeof(struct archive_entry);

		memcpy(entry + ENTRY_OFFSET(name), programs[i].name, strlen(programs[i].name));
		put_le32(entry + ENTRY_OFFSET(offset), (uint32_t)offset);
		put_le32(entry + ENTRY_OFFSET(length_bytes), (uint32_t)programs[i].content.length);
		offset += programs[i].content.length;
	}
	put_le32(header + HEADER_OFFSET(magic), ARCHIVE_MAGIC);
	put_le32(header + HEADER_OFFSET(program_count), (uint32_t)count);
	put_le32(header + HEADER_OFFSET(length_bytes), (uint32_t)offset);
	for (size_t i = 0; i < count; i++) {
		bytes_append(archive, programs[i].content.data, programs[i].content.length);
	}
	return archive->length - start == offset;
}

static bool
parse_entry(const uint8_t *bytes, size_t length, const uint8_t *entry, size_t expected_offset,
	struct program *program, struct problem *problem)
{
	uint32_t offset = get_le32(entry + ENTRY_OFFSET(offset));
	uint32_t entry_bytes = get_le32(entry + ENTRY_OFFSET(length_bytes));

	if (offset != expected_offset || entry_bytes > length - offset) {
		return problem_set(problem, "an entry of the archive points to the wrong place");
	}
	if (!program_parse(program, bytes + offset, entry_bytes, problem)) {
		return false;
	}
	if (memcmp(program->name, entry + ENTRY_OFFSET(name), sizeof(program->name)) != 0) {
		return problem_set(
			problem, "the archive has program `%s` under another name", program->name);
	}
	return true;
}

bool
archive_parse(const uint8_t *bytes, size_t length, struct program *programs, size_t *count,
	struct problem *problem)
{
	const uint8_t *entry = bytes + sizeof(struct archive_header);
	size_t offset;

	*count = 0;
	if (length < table_bytes(1) || get_le32(bytes + HEADER_OFFSET(magic)) != ARCHIVE_MAGIC ||
		get_le32(bytes + HEADER_OFFSET(length_bytes)) != length ||
		get_le32(bytes + HEADER_OFFSET(reserved)) != 0) {
		return problem_set(problem, "not a program archive of its length");
	}
	*count = get_le32(bytes + HEADER_OFFSET(program_count));
	if (*count == 0 || *count > ARCHIVE_PROGRAMS_MAX || table_bytes(*count) > length) {
		*count = 0;
		return problem_set(
			problem, "an archive has 1 to %u programs", ARCHIVE_PROGRAMS_MAX);
	}
	offset = table_bytes(*count);
	for (size_t i = 0; i < *count; i++, entry += sizeof(struct archive_entry)) {
		if (!parse_entry(bytes, length, entry, offset, &programs[i], problem)) {
			return false;
		}
		if (i > 0 && compare_names(&programs[i - 1], &programs[i]) >= 0) {
			return problem_set(problem, "the archive is not sorted by name");
		}
		offset += get_le32(entry + ENTRY_OFFSET(length_bytes));
	}
	if (offset != length ||
		!bytes_are_zero(entry, table_bytes(*count) - (size_t)(entry - bytes))) {
		return problem_set(problem, "bytes between or behind the programs");
	}
	return true;
}

void
archive_digests(struct bytes *text, const struct program *programs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct program *program = &programs[i];
		char hex[65], line[160];
		int length;

		for (size_t j = 0; j < sizeof(program->digest); j++) {
			snprintf(hex + 2 * j, 3, "%02x", program->digest[j]);
		}
		length = snprintf(line, sizeof(line), "%s %s %u %u %u\n", program->name, hex,
			program->text_pages, program->data_pages, program->bss_pages);
		bytes_append(text, line, (size_t)length);
	}
}
