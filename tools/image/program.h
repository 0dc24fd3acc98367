/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Programs as the image carries them: struct program_header, text pages, data pages. */
#ifndef IMAGE_PROGRAM_H
#define IMAGE_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/image/bytes.h"

struct elf;

struct program {
	char name[24];    /* NUL-terminated: 1 to 23 of a-z 0-9 _ - */
	uint16_t machine; /* enum elf_machine; not in the image, so 0 when read from one */
	uint64_t entry;
	uint32_t text_pages, data_pages, bss_pages;
	struct bytes content; /* page multiple; empty when read from an image */
	uint8_t digest[32];   /* SHA-256 of the content, as the policy has it */
};

/* Makes a program from an executable. Segments without write are merged to one text, those with
 * write to one data segment. False, with the problem: a bad name; a segment that is writable and
 * executable, has no read permission, or lies outside PROCESS_TEXT..PROCESS_HEAP; text or data that
 * does not start on a page; data not on pages behind the text; an entry outside executable bytes.
 */
bool program_make(
	struct program *program, const char *name, const struct elf *elf, struct problem *problem);

/* Reads a program of an image: `length` bytes that must be exactly the program and obey all of the
 * above. Total on any bytes. */
bool program_parse(
	struct program *program, const uint8_t *bytes, size_t length, struct problem *problem);

void program_free(struct program *program);

bool program_name_is_good(const char *name);

#endif
