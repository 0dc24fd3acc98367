/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The program archive: finds a program by name and knows that it is whole. */
#include "archive.h"

#include "abi/abi.h"
#include "abi/process.h"

static const struct archive_header *
header_of(const struct span *archive)
{
	return (const struct archive_header *)(const void *)archive->bytes;
}

bool
archive_open(const struct span *archive)
{
	const struct archive_header *header = header_of(archive);

	if (archive->length_bytes < sizeof(*header) || header->magic != ARCHIVE_MAGIC ||
		header->length_bytes > archive->length_bytes) {
		return false;
	}
	return span_contains(header->length_bytes, sizeof(*header),
		(uint64_t)header->program_count * sizeof(struct archive_entry));
}

/* Names are padded with NUL to the field's end; one that fills the field has none. */
static bool
name_is(const char field[24], const char *name)
{
	for (uint32_t i = 0; i < 24; i++) {
		if (field[i] != name[i]) {
			return false;
		}
		if (name[i] == '\0') {
			return true;
		}
	}
	return name[24] == '\0';
}

/* Pages at vaddr are where programs may be, below the heap. */
static bool
is_place(uint64_t vaddr, uint32_t pages)
{
	return vaddr % PAGE_BYTES == 0 && vaddr >= PROCESS_TEXT && vaddr < PROCESS_HEAP &&
	       pages <= PROGRAM_PAGES_MAX && (uint64_t)pages * PAGE_BYTES <= PROCESS_HEAP - vaddr;
}

static bool
program_is_good(const struct program_header *program, uint32_t length_bytes)
{
	if (length_bytes < sizeof(*program) || program->magic != PROGRAM_MAGIC ||
		program->version != 1) {
		return false;
	}
	if (program->text_pages == 0 || program->data_pages > PROGRAM_PAGES_MAX ||
		program->bss_pages > PROGRAM_PAGES_MAX ||
		!is_place(program->text_vaddr, program->text_pages) ||
		!is_place(program->data_vaddr, program->data_pages + program->bss_pages)) {
		return false;
	}
	uint64_t text_end = program->text_vaddr + (uint64_t)program->text_pages * PAGE_BYTES;
	if (program->entry < program->text_vaddr || program->entry >= text_end) {
		return false;
	}
	return (1u + (uint64_t)program->text_pages + program->data_pages) * PAGE_BYTES <=
	       length_bytes;
}

const struct program_header *
archive_find(const struct span *archive, const char *name)
{
	const struct archive_header *header = header_of(archive);
	const struct archive_entry *entries = (const struct archive_entry *)(header + 1);

	for (uint32_t i = 0; i < header->program_count; i++) {
		const struct archive_entry *entry = &entries[i];
		if (!name_is(entry->name, name)) {
			continue;
		}
		if (entry->offset % PAGE_BYTES != 0 ||
			!span_contains(header->length_bytes, entry->offset, entry->length_bytes)) {
			return NULL;
		}
		const struct program_header *program =
			(const struct program_header *)(const void *)(archive->bytes +
								      entry->offset);
		return program_is_good(program, entry->length_bytes) ? program : NULL;
	}
	return NULL;
}
