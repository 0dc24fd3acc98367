/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reads static executables: ELF32 for ARM and ELF64 for AArch64, little-endian. */
#ifndef IMAGE_ELF_H
#define IMAGE_ELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ELF_SEGMENTS_MAX 16

struct problem;

enum elf_machine { ELF_ARM = 40, ELF_AARCH64 = 183 };

/* One PT_LOAD with memory_bytes > 0. What elf_read promises: its file bytes lie in the file, they
 * are not more than its memory bytes, and vaddr + memory_bytes does not wrap. */
struct elf_segment {
	uint64_t offset;
	uint64_t vaddr;
	uint64_t paddr;
	uint64_t file_bytes;
	uint64_t memory_bytes;
	bool is_readable, is_writable, is_executable;
};

struct elf {
	const uint8_t *bytes; /* the file; must outlive this */
	size_t length;
	enum elf_machine machine;
	bool is_64;
	uint64_t entry;
	struct elf_segment segments[ELF_SEGMENTS_MAX]; /* in order of vaddr, none overlap */
	uint32_t segment_count;                        /* at least 1 */
};

/* Fills `elf` from the bytes of a file. False: not an executable that we load, with the problem.
 * Total on any bytes. */
bool elf_read(struct elf *elf, const uint8_t *bytes, size_t length, struct problem *problem);

/* Looks a symbol up in the symbol table. False: no table, a damaged one, or no such symbol. */
bool elf_symbol(const struct elf *elf, const char *name, uint64_t *value, struct problem *problem);

const char *elf_machine_name(enum elf_machine machine);

#endif
