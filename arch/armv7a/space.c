/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* User address spaces: the lowest GiB, tables for 4 MiB at a time, leased ASIDs. */
#include "space.h"

#include "arch/arch.h"
#include "mmu.h"
#include "registers.h"

#define GROUP_BYTES UINT32_C(0x00400000) /* what the four tables of one page translate */
#define GROUP_LINKS 4u
#define ASID_LAST   255u /* 0 is never leased: the moment between two spaces */

/* More single invalidations than this cost more than losing the ASID's other entries. */
#define UNMAP_PAGES_MAX 32u

/*
 * ASIDs are lent (decisions E1). A space without one has the empty root in its ttbr, so the first
 * instruction of a thread of it faults, and space_take lends it one: nobody who switches has to
 * look. When all are lent, all are taken back at once.
 */
static struct arch_space *owners[ASID_LAST + 1];
static uint32_t asid_next = 1;

static const uint32_t access_bits[] = {
	[ARCH_READ] = PAGE_NORMAL | PAGE_READ_ONLY | PAGE_XN,
	[ARCH_READ_WRITE] = PAGE_NORMAL | PAGE_XN,
	[ARCH_READ_EXECUTE] = PAGE_NORMAL | PAGE_READ_ONLY,
	[ARCH_DEVICE] = PAGE_DEVICE | PAGE_XN,
};

static void asids_take_back(void);
static uint32_t none_ttbr(void);
static void ttbr0_switch(uint32_t ttbr, uint32_t asid);
static uint32_t *space_root(const struct arch_space *space);
static uint32_t *page_entry(const struct arch_space *space, uint32_t address);
static void tables_add(struct arch_space *space, uint32_t address, void *page);

_Static_assert(PAGE_BYTES / TABLE_BYTES == GROUP_LINKS, "one page holds the tables of a group");

void
arch_space_init(struct arch_space *space, void *root)
{
	space->root = (uint32_t)arch_address(root) | TTBR_WALK;
	space->ttbr = none_ttbr();
	space->asid = 0;
}

bool
space_take(struct arch_space *space)
{
	if (space->asid != 0) {
		return false;
	}
	if (asid_next > ASID_LAST) {
		asids_take_back();
	}
	owners[asid_next] = space;
	space->ttbr = space->root;
	space->asid = asid_next++;
	return true;
}

void
arch_space_destroy(struct arch_space *space)
{
	if (space->asid == 0) {
		return; /* nothing of it is in a TLB */
	}
	if (ttbr0_read() == space->ttbr) {
		ttbr0_switch(none_ttbr(), 0);
	}
	tlbiasidis_write(space->asid);
	bpiallis_write(0);
	barrier_dsb();
	barrier_isb();
	owners[space->asid] = NULL;
	space->ttbr = none_ttbr();
	space->asid = 0;
}

bool
arch_space_is_free(const struct arch_space *space, vaddr_t address, size_t pages)
{
	size_t i;

	if (address % PAGE_BYTES != 0 || address > ARCH_USER_TOP ||
		pages > (ARCH_USER_TOP - address) / PAGE_BYTES) {
		return false;
	}
	for (i = 0; i < pages; i++) {
		const uint32_t *entry = page_entry(space, (uint32_t)address + i * PAGE_BYTES);

		if (entry != NULL && *entry != 0) {
			return false;
		}
	}
	return true;
}

size_t
arch_space_tables(const struct arch_space *space, vaddr_t address, size_t pages)
{
	uint32_t end = (uint32_t)address + pages * PAGE_BYTES;
	uint32_t at = (uint32_t)address / GROUP_BYTES * GROUP_BYTES;
	size_t count = 0;

	for (; at < end; at += GROUP_BYTES) {
		if (page_entry(space, at) == NULL) {
			count++;
		}
	}
	return count;
}

/* No entry that was valid changes, so there is nothing to invalidate: a TLB holds no translation
 * that faults (DDI 0406C B3.10). */
void
arch_space_map(struct arch_space *space, vaddr_t address, paddr_t physical, size_t pages,
	enum arch_access access, arch_take_page take_page, void *account)
{
	uint32_t bits = access_bits[access] | PAGE_VALID | PAGE_ACCESSED | PAGE_USER | PAGE_PROCESS;
	size_t i;

	for (i = 0; i < pages; i++) {
		uint32_t at = (uint32_t)address + i * PAGE_BYTES;
		uint32_t *entry = page_entry(space, at);

		if (entry == NULL) {
			tables_add(space, at, take_page(account));
			entry = page_entry(space, at);
		}
		*entry = ((uint32_t)physical + i * PAGE_BYTES) | bits;
	}
	barrier_dsb_store();
	barrier_isb();
}

void *
arch_space_find(const struct arch_space *space, vaddr_t address, bool is_write)
{
	const uint32_t *entry;

	if (address >= ARCH_USER_TOP) {
		return NULL;
	}
	entry = page_entry(space, (uint32_t)address);
	if (entry == NULL || (*entry & (PAGE_VALID | PAGE_NORMAL)) != (PAGE_VALID | PAGE_NORMAL) ||
		(is_write && (*entry & PAGE_READ_ONLY) != 0)) {
		return NULL; /* of a device: other memory attributes */
	}
	return (uint8_t *)arch_pointer(*entry & ~(PAGE_BYTES - 1)) + address % PAGE_BYTES;
}

void
arch_space_unmap(struct arch_space *space, vaddr_t address, size_t pages)
{
	size_t i;

	for (i = 0; i < pages; i++) {
		uint32_t *entry = page_entry(space, (uint32_t)address + i * PAGE_BYTES);

		if (entry != NULL) {
			*entry = 0;
		}
	}
	barrier_dsb_store();
	if (space->asid == 0) {
		return; /* nothing of it is in a TLB */
	}
	if (pages > UNMAP_PAGES_MAX) {
		tlbiasidis_write(space->asid);
	} else {
		for (i = 0; i < pages; i++) {
			tlbimvais_write(((uint32_t)address + i * PAGE_BYTES) | space->asid);
		}
	}
	bpiallis_write(0); /* DDI 0406C B2.2: also after a change of translations */
	barrier_dsb();
	barrier_isb();
}

/* To the point of coherency, clean and invalid (DDI 0406C B2.2): an invalidate alone would drop
 * what others wrote in the first and last line. */
void
arch_memory_sync(const void *start, size_t bytes)
{
	uint32_t line = UINT32_C(4) << (ctr_read() >> 16 & 15); /* CTR.DminLine */
	uint32_t at = (uint32_t)start & ~(line - 1);
	uint32_t end = (uint32_t)start + bytes;

	for (; at < end; at += line) {
		dccimvac_write(at);
	}
	barrier_dsb();
}

/* The D-cache is clean to where instructions come from, then the whole I-cache is invalid: it may
 * hold the bytes under another virtual address. */
void
arch_make_executable(paddr_t address, size_t bytes)
{
	arch_memory_sync(arch_pointer(address), bytes);
	icialluis_write(0);
	bpiallis_write(0);
	barrier_dsb();
	barrier_isb();
}

/* No space of them runs while its entries go. */
static void
asids_take_back(void)
{
	ttbr0_switch(none_ttbr(), 0);
	barrier_isb();
	for (uint32_t asid = 1; asid <= ASID_LAST; asid++) {
		if (owners[asid] != NULL) {
			owners[asid]->ttbr = none_ttbr();
			owners[asid]->asid = 0;
			owners[asid] = NULL;
		}
	}
	asid_next = 1;
	tlbiallis_write(0);
	bpiallis_write(0);
	barrier_dsb();
	barrier_isb();
}

static uint32_t
none_ttbr(void)
{
	return (uint32_t)arch_address(mmu_root) | TTBR_WALK;
}

/* TTBR0 and ASID cannot change together, and a walk between the two would file entries under the
 * wrong ASID (DDI 0406C B3.10.4). Nobody's entries bear ASID 0. The last ISB is the exception
 * return, or for the empty space the next switch: the kernel does not access user space in
 * between. vectors.S does the same on the way out. */
static void
ttbr0_switch(uint32_t ttbr, uint32_t asid)
{
	contextidr_write(0);
	barrier_isb();
	ttbr0_write(ttbr);
	barrier_isb();
	contextidr_write(asid);
}

static uint32_t *
space_root(const struct arch_space *space)
{
	return arch_pointer(space->root & TTBR_ADDRESS);
}

/* The second-level entry of an address, or NULL if it has no table yet. */
static uint32_t *
page_entry(const struct arch_space *space, uint32_t address)
{
	uint32_t link = space_root(space)[address / SECTION_BYTES];
	uint32_t *table;

	if (link == 0) {
		return NULL;
	}
	table = arch_pointer(link & TABLE_ADDRESS);
	return &table[address % SECTION_BYTES / PAGE_BYTES];
}

/* The kernel cannot execute what these tables translate, if the core can forbid it. */
static void
tables_add(struct arch_space *space, uint32_t address, void *page)
{
	uint32_t *links = &space_root(space)[address / GROUP_BYTES * GROUP_LINKS];
	uint32_t bits = TABLE_VALID | (mmu_has_pxn() ? TABLE_PXN : 0);
	uint32_t i;

	barrier_dsb_store(); /* the zeroes of the page come before its links */
	for (i = 0; i < GROUP_LINKS; i++) {
		links[i] = ((uint32_t)arch_address(page) + i * TABLE_BYTES) | bits;
	}
}
