/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Address spaces of the fake machine: real tables of two levels, made of the pages it is given. */
#include <stdio.h>
#include <stdlib.h>

#include "fake_arch.h"

#define PAGE       UINT64_C(4096)
#define ENTRIES    512u
#define TABLE_SPAN (PAGE * ENTRIES)
#define VALID      UINT64_C(1)

static const struct arch_space *current;

static void
require(bool condition, const char *what)
{
	if (!condition) {
		fprintf(stderr, "fake_arch: broken contract: %s\n", what);
		abort();
	}
}

/* Root entry: pointer to a table. Table entry: physical address, access in bits 2:1, VALID. */
static uint64_t *
table_of(const struct arch_space *space, vaddr_t address)
{
	return (uint64_t *)(uintptr_t)space->root[address / TABLE_SPAN];
}

static uint64_t
entry_of(const struct arch_space *space, vaddr_t address)
{
	const uint64_t *table = table_of(space, address);

	return table == NULL ? 0 : table[address / PAGE % ENTRIES];
}

static void
check_range(const struct arch_space *space, vaddr_t address, size_t pages)
{
	require(space->is_alive == 1, "the space is not initialised, or destroyed");
	require(address % PAGE == 0 && pages > 0, "whole pages");
	require(address < ARCH_USER_TOP && pages * PAGE <= ARCH_USER_TOP - address,
		"outside of user space");
}

void
arch_space_init(struct arch_space *space, void *root)
{
	const uint8_t *bytes = root;

	require((uintptr_t)root % ARCH_ROOT_BYTES == 0, "a root table is aligned");
	for (size_t i = 0; i < ARCH_ROOT_BYTES; i++) {
		require(bytes[i] == 0, "a root table is zeroed");
	}
	space->root = root;
	space->is_alive = 1;
}

void
arch_space_destroy(struct arch_space *space)
{
	require(space->is_alive == 1, "destroyed twice");
	space->is_alive = 0;
	if (current == space) {
		current = NULL;
	}
}

bool
arch_space_is_free(const struct arch_space *space, vaddr_t address, size_t pages)
{
	check_range(space, address, pages);
	for (size_t i = 0; i < pages; i++) {
		if (entry_of(space, address + i * PAGE) != 0) {
			return false;
		}
	}
	return true;
}

size_t
arch_space_tables(const struct arch_space *space, vaddr_t address, size_t pages)
{
	size_t count = 0;

	check_range(space, address, pages);
	for (uint64_t i = address / TABLE_SPAN; i <= (address + pages * PAGE - 1) / TABLE_SPAN;
		i++) {
		count += space->root[i] == 0;
	}
	return count;
}

void
arch_space_map(struct arch_space *space, vaddr_t address, paddr_t physical, size_t pages,
	enum arch_access access, arch_take_page take_page, void *account)
{
	require(arch_space_is_free(space, address, pages), "mapped over a mapping");
	require(physical % PAGE == 0, "physical pages are aligned");
	for (size_t i = 0; i < pages; i++) {
		vaddr_t at = address + i * PAGE;

		if (table_of(space, at) == NULL) {
			space->root[at / TABLE_SPAN] = (uint64_t)(uintptr_t)take_page(account);
		}
		table_of(space, at)[at / PAGE % ENTRIES] =
			(physical + i * PAGE) | (uint64_t)access << 1 | VALID;
	}
}

void *
arch_space_find(const struct arch_space *space, vaddr_t address, bool is_write)
{
	uint64_t entry = address < ARCH_USER_TOP ? entry_of(space, address) : 0;
	enum arch_access access = (enum arch_access)(entry >> 1 & 3);

	require(space->is_alive == 1, "the space is not initialised, or destroyed");
	if (entry == 0 || access == ARCH_DEVICE || (is_write && access != ARCH_READ_WRITE)) {
		return NULL;
	}
	return (uint8_t *)arch_pointer(entry & ~(PAGE - 1)) + address % PAGE;
}

void
arch_space_unmap(struct arch_space *space, vaddr_t address, size_t pages)
{
	check_range(space, address, pages);
	for (size_t i = 0; i < pages; i++) {
		vaddr_t at = address + i * PAGE;

		require(entry_of(space, at) != 0, "unmapped what is not mapped");
		table_of(space, at)[at / PAGE % ENTRIES] = 0;
	}
}

void
fake_space_enter(const struct arch_space *space)
{
	require(space == NULL || space->is_alive == 1, "a switch to a dead space");
	current = space;
}

const struct arch_space *
fake_space_current(void)
{
	return current;
}

bool
fake_space_lookup(const struct arch_space *space, vaddr_t address, paddr_t *physical,
	enum arch_access *access)
{
	uint64_t entry = entry_of(space, address);

	*physical = entry & ~(PAGE - 1);
	*access = (enum arch_access)(entry >> 1 & 3);
	return entry != 0;
}

size_t
fake_space_pages(const struct arch_space *space)
{
	size_t count = 0;

	for (vaddr_t at = 0; at < ARCH_USER_TOP; at += TABLE_SPAN) {
		for (vaddr_t page = at; table_of(space, at) != NULL && page < at + TABLE_SPAN;
			page += PAGE) {
			count += entry_of(space, page) != 0;
		}
	}
	return count;
}
