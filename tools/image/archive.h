/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The program archive: struct archive_header, entries sorted by name, programs. */
#ifndef IMAGE_ARCHIVE_H
#define IMAGE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes;
struct problem;
struct program;

#define ARCHIVE_PROGRAMS_MAX 256

/* Appends the archive of these programs; sorts them by name first. False, with the problem: two of
 * one name, programs of different machines, none, or more than ARCHIVE_PROGRAMS_MAX. */
bool archive_make(
	struct bytes *archive, struct program *programs, size_t count, struct problem *problem);

/* Reads an archive; every byte of `length` (a page multiple) is accounted for. programs has room
 * for ARCHIVE_PROGRAMS_MAX. Total on any bytes. */
bool archive_parse(const uint8_t *bytes, size_t length, struct program *programs, size_t *count,
	struct problem *problem);

/* Appends a line `name sha256 text_pages data_pages bss_pages` for each program. */
void archive_digests(struct bytes *text, const struct program *programs, size_t count);

#endif
