/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Builds small executables for tests, field by field, so that a test can make one fault. */
#ifndef SUPPORT_ELF_BUILD_H
#define SUPPORT_ELF_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/image/elf.h"

#define ELF_BUILD_SEGMENTS 4
#define ELF_BUILD_BYTES    16384

struct elf_build_segment {
	uint32_t type;  /* 1: PT_LOAD */
	uint32_t flags; /* 1 execute, 2 write, 4 read */
	uint64_t vaddr;
	uint64_t offset;
	uint64_t file_bytes;
	uint64_t memory_bytes;
};

struct elf_build {
	enum elf_machine machine;
	uint64_t entry;
	struct elf_build_segment segments[ELF_BUILD_SEGMENTS];
	uint32_t segment_count;
	uint64_t kernel_end; /* value of the one symbol, `kernel_end` */
};

/* A program of one text segment (5000 bytes at 0x410000) and one data segment (100 bytes in the
 * file, 9000 in memory, at 0x402000). */
struct elf_build elf_build_program(enum elf_machine machine);

/* Writes the file: headers, symbols, and in the segments' places bytes that are not zero. Returns
 * its length; bytes has room for ELF_BUILD_BYTES. */
size_t elf_build_write(const struct elf_build *build, uint8_t bytes[ELF_BUILD_BYTES]);

#endif
