/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The bundle behind the kernel in an image: policy, system, init, program archive. Little-endian,
 * every section page-aligned, bytes between sections zero and covered by a digest. Policies stand
 * behind each other; the first is in force at boot.
 *
 *   kernel.bin, zero to the bundle | image_header (one page) | policy | system | init | archive
 */
#ifndef ABI_IMAGE_H
#define ABI_IMAGE_H

#include <stdint.h>

#define IMAGE_MAGIC   UINT64_C(0x31454c444e554247) /* "GBUNDLE1" */
#define IMAGE_VERSION 1
#define POLICY_ALIGN  8u /* each policy of the section, from its start */

enum image_section_id {
	IMAGE_POLICY = 0,
	IMAGE_SYSTEM = 1,
	IMAGE_INIT = 2, /* one program, as in the archive */
	IMAGE_ARCHIVE = 3,
	IMAGE_SECTIONS = 4
};

struct image_section {
	uint32_t offset;       /* from the start of the header, page multiple */
	uint32_t length_bytes; /* the digest covers this, rounded up to a page; the rest is zero */
	uint8_t digest[32];    /* SHA-256 of the rounded-up bytes */
};

struct image_header {
	uint64_t magic;
	uint32_t version;
	uint32_t length_bytes; /* header and sections, page multiple */
	struct image_section sections[IMAGE_SECTIONS];
	uint8_t reserved[4096 - 16 - 40 * IMAGE_SECTIONS - 32];
	uint8_t header_digest[32]; /* SHA-256 of the page before it */
};

#define ARCHIVE_MAGIC UINT32_C(0x43524147) /* "GARC" */

struct archive_header {
	uint32_t magic;
	uint32_t program_count;
	uint32_t length_bytes;
	uint32_t reserved;
	/* struct archive_entry[program_count], then programs, each page-aligned */
};

struct archive_entry {
	char name[24]; /* NUL-padded */
	uint32_t
		offset; /* of struct program_header, from the start of the archive, page multiple */
	uint32_t length_bytes;
};

/*
 * A program, ready to copy: one page of header, then text pages, then data pages. Its digest in the
 * policy is the SHA-256 of header page, text pages and data pages as they stand here.
 */
#define PROGRAM_MAGIC UINT32_C(0x47525047) /* "GPRG" */

struct program_header {
	uint32_t magic;
	uint32_t version; /* 1 */
	uint64_t entry;
	uint64_t text_vaddr; /* page-aligned; read and execute (text and read-only data) */
	uint64_t data_vaddr; /* page-aligned; read and write */
	uint32_t text_pages;
	uint32_t data_pages; /* pages with bytes in the file */
	uint32_t bss_pages;  /* zero pages behind them */
	uint32_t reserved;
	char name[24];
	uint8_t padding[4096 - 72];
};

_Static_assert(sizeof(struct image_section) == 40, "ABI");
_Static_assert(sizeof(struct image_header) == 4096, "ABI");
_Static_assert(sizeof(struct archive_entry) == 32, "ABI");
_Static_assert(sizeof(struct program_header) == 4096, "ABI");

#endif
