/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Address spaces of processes: stage 2 translation alone, because stage 1 is off for them (DDI
 * 0487J D8, HCR_EL2.DC). A space is 1 GiB: a level 2 root of one page, below it level 3 tables.
 */
#include "space.h"

#include "arch/arch.h"
#include "registers.h"

#define PAGE_BYTES    UINT64_C(4096)
#define TABLE_BYTES   UINT64_C(0x200000) /* what one level 3 table maps */
#define TABLE_ENTRIES 512u
#define VMID_SHIFT    48
#define VMID_LAST     255u /* 8 bits on ARMv8.0; 0 is nobody's */

/* Stage 2 descriptors, D8.3. */
#define DESC_TABLE  UINT64_C(3)
#define DESC_PAGE   UINT64_C(3)
#define DESC_NORMAL (UINT64_C(15) << 2) /* write-back, inner and outer */
#define DESC_DEVICE (UINT64_C(1) << 2)  /* nGnRE */
#define DESC_READ   (UINT64_C(1) << 6)
#define DESC_WRITE  (UINT64_C(1) << 7)
#define DESC_SHARED (UINT64_C(3) << 8) /* inner */
#define DESC_AF     (UINT64_C(1) << 10)
#define DESC_XN     (UINT64_C(1) << 54)
#define DESC_BASE   (DESC_PAGE | DESC_READ | DESC_SHARED | DESC_AF)
#define DESC_MASK   UINT64_C(0x0000fffffffff000)

/* D19.2 VTCR_EL2: RES1; 30-bit addresses that start at level 2; walks cached write-back, inner
 * shareable; 4 KiB pages; 8-bit VMID. */
#define VTCR_VALUE     (UINT64_C(0x80000000) | UINT64_C(3) << 12 | UINT64_C(5) << 8 | 34)
#define VTCR_PS_SHIFT  16
#define PARANGE_MASK   UINT64_C(0xf)
#define PARANGE_48_BIT UINT64_C(5)

_Static_assert(ARCH_USER_TOP / TABLE_BYTES == TABLE_ENTRIES, "the root covers user space");
_Static_assert(TABLE_ENTRIES * sizeof(uint64_t) == ARCH_ROOT_BYTES, "and is one table");

static const uint64_t access_bits[] = {
	[ARCH_READ] = DESC_BASE | DESC_NORMAL | DESC_XN,
	[ARCH_READ_WRITE] = DESC_BASE | DESC_NORMAL | DESC_WRITE | DESC_XN,
	[ARCH_READ_EXECUTE] = DESC_BASE | DESC_NORMAL,
	[ARCH_DEVICE] = DESC_BASE | DESC_DEVICE | DESC_WRITE | DESC_XN,
};

/* The root of "no space": nothing is mapped. */
static uint64_t empty_root[TABLE_ENTRIES] __attribute__((aligned(4096), section(".tables")));

/*
 * VMIDs are lent (decisions E1). A space without one has the empty root in its vttbr, so the first
 * instruction of a thread of it faults, and space_take lends it one: nobody who switches has to
 * look. When all are lent, all are taken back at once.
 */
static struct arch_space *owners[VMID_LAST + 1];
static uint64_t vmid_next;

static uint64_t *entry_find(const struct arch_space *space, vaddr_t address);
static uint64_t *table_find(const struct arch_space *space, vaddr_t address);
static void range_check(vaddr_t address, size_t pages);
static bool has_vmid(const struct arch_space *space);
static void vmids_take_back(void);
static uint64_t space_enter(const struct arch_space *space);
static uint64_t none_vttbr(void);
static void none_enter(void);

void __attribute__((section(".boot.text"))) space_init(void)
{
	uint64_t range = read_id_aa64mmfr0_el1() & PARANGE_MASK;

	if (range > PARANGE_48_BIT) {
		range = PARANGE_48_BIT;
	}
	vmid_next = 1;
	write_vtcr_el2(VTCR_VALUE | range << VTCR_PS_SHIFT);
	none_enter();
	tlb_drop_users();
	barrier_dsb();
	barrier_isb();
}

void
arch_space_init(struct arch_space *space, void *root)
{
	*space = (struct arch_space){.vttbr = none_vttbr(), .root = root};
}

/* When all VMIDs are taken, everybody loses his. Nobody's space is current while the TLB is
 * emptied, so that nothing enters it under an old VMID. */
bool
space_take(struct arch_space *space)
{
	if (has_vmid(space)) {
		return false;
	}
	if (vmid_next > VMID_LAST) {
		vmids_take_back();
	}
	owners[vmid_next] = space;
	space->vttbr = arch_address(space->root) | vmid_next << VMID_SHIFT;
	vmid_next++;
	return true;
}

void
arch_space_destroy(struct arch_space *space)
{
	if (!has_vmid(space)) {
		return; /* nothing of it is in a TLB */
	}
	uint64_t before = space_enter(space);
	tlb_drop_space();
	barrier_dsb();
	if (before == space->vttbr) {
		none_enter();
	} else {
		write_vttbr_el2(before);
	}
	barrier_isb();
	owners[space->vttbr >> VMID_SHIFT] = NULL;
	space->vttbr = none_vttbr();
}

bool
arch_space_is_free(const struct arch_space *space, vaddr_t address, size_t pages)
{
	range_check(address, pages);
	for (size_t page = 0; page < pages; page++) {
		const uint64_t *entry = entry_find(space, address + page * PAGE_BYTES);
		if (entry != NULL && *entry != 0) {
			return false;
		}
	}
	return true;
}

size_t
arch_space_tables(const struct arch_space *space, vaddr_t address, size_t pages)
{
	vaddr_t table = address / TABLE_BYTES * TABLE_BYTES;
	size_t missing = 0;

	range_check(address, pages);
	for (; table < address + pages * PAGE_BYTES; table += TABLE_BYTES) {
		if (table_find(space, table) == NULL) {
			missing++;
		}
	}
	return missing;
}

/* Only entries that were invalid change, and those are in no TLB (D8.13): a barrier is enough. */
void
arch_space_map(struct arch_space *space, vaddr_t address, paddr_t physical, size_t pages,
	enum arch_access access, arch_take_page take_page, void *account)
{
	range_check(address, pages);
	for (size_t page = 0; page < pages; page++) {
		vaddr_t vaddr = address + page * PAGE_BYTES;
		if (table_find(space, vaddr) == NULL) {
			const void *table = take_page(account);
			barrier_table(); /* a walk must not find the table before its zeros */
			space->root[vaddr / TABLE_BYTES] = arch_address(table) | DESC_TABLE;
		}
		uint64_t *entry = entry_find(space, vaddr);
		if (*entry != 0) {
			kernel_panic("arch_space_map: mapped already", vaddr);
		}
		*entry = (physical + page * PAGE_BYTES) | access_bits[access];
	}
	barrier_table();
}

void *
arch_space_find(const struct arch_space *space, vaddr_t address, bool is_write)
{
	uint64_t wanted = DESC_BASE | DESC_NORMAL | (is_write ? DESC_WRITE : 0);

	if (address >= ARCH_USER_TOP) {
		return NULL;
	}
	const uint64_t *entry = entry_find(space, address);
	if (entry == NULL || (*entry & wanted) != wanted) {
		return NULL; /* of a device: other memory attributes */
	}
	return (uint8_t *)arch_pointer(*entry & DESC_MASK) + address % PAGE_BYTES;
}

/* Decisions E2: IPAS2E1 need not touch entries that combine both stages, so VMALLE1 follows; all of
 * it under the victim's VMID. */
void
arch_space_unmap(struct arch_space *space, vaddr_t address, size_t pages)
{
	range_check(address, pages);
	for (size_t page = 0; page < pages; page++) {
		uint64_t *entry = entry_find(space, address + page * PAGE_BYTES);
		if (entry != NULL) {
			*entry = 0;
		}
	}
	barrier_table();
	if (!has_vmid(space)) {
		return; /* nothing of it is in a TLB */
	}
	uint64_t before = space_enter(space);
	for (size_t page = 0; page < pages; page++) {
		tlb_drop_page(address / PAGE_BYTES + page);
	}
	barrier_dsb();
	tlb_drop_stage1();
	barrier_dsb();
	write_vttbr_el2(before);
	barrier_isb();
}

/*
 * Always clean and invalidate (D7.5): on Cortex-A53 up to r0p2 a clean alone may leave a line dirty
 * or lose it (errata 819472, 824069, 826319, 827319), and an invalidate alone drops what others
 * wrote in the first and last line.
 */
void
arch_memory_sync(const void *start, size_t bytes)
{
	uintptr_t line_bytes = UINT64_C(4) << (read_ctr_el0() >> 16 & 15); /* DminLine, in words */
	uintptr_t line = (uintptr_t)start / line_bytes * line_bytes;

	for (; line < (uintptr_t)start + bytes; line += line_bytes) {
		cache_clean_and_drop(line);
	}
	barrier_dsb();
}

/* D7.5: the whole instruction cache, because a virtually indexed one may hold a line under an
 * address that we do not know. */
void
arch_make_executable(paddr_t address, size_t bytes)
{
	arch_memory_sync(arch_pointer(address), bytes);
	cache_drop_instructions();
	barrier_dsb();
	barrier_isb();
}

static uint64_t *
table_find(const struct arch_space *space, vaddr_t address)
{
	uint64_t entry = space->root[address / TABLE_BYTES];

	return entry == 0 ? NULL : arch_pointer(entry & DESC_MASK);
}

static uint64_t *
entry_find(const struct arch_space *space, vaddr_t address)
{
	uint64_t *table = table_find(space, address);

	return table == NULL ? NULL : &table[address / PAGE_BYTES % TABLE_ENTRIES];
}

/* The kernel has checked what came from user space. */
static void
range_check(vaddr_t address, size_t pages)
{
	if (address % PAGE_BYTES != 0 || address >= ARCH_USER_TOP ||
		pages > (ARCH_USER_TOP - address) / PAGE_BYTES) {
		kernel_panic("arch_space: not in user space", address);
	}
}

static bool
has_vmid(const struct arch_space *space)
{
	return space->vttbr >> VMID_SHIFT != 0;
}

static void
vmids_take_back(void)
{
	none_enter();
	barrier_isb();
	tlb_drop_users();
	barrier_dsb();
	for (uint64_t vmid = 1; vmid <= VMID_LAST; vmid++) {
		if (owners[vmid] != NULL) {
			owners[vmid]->vttbr = none_vttbr();
			owners[vmid] = NULL;
		}
	}
	vmid_next = 1;
}

/* For TLB maintenance, which works on the VMID in VTTBR_EL2. Returns what was there. */
static uint64_t
space_enter(const struct arch_space *space)
{
	uint64_t before = read_vttbr_el2();

	write_vttbr_el2(space->vttbr);
	barrier_isb();
	return before;
}

/* VMID 0 is nobody's. */
static uint64_t
none_vttbr(void)
{
	return arch_address(empty_root);
}

static void
none_enter(void)
{
	write_vttbr_el2(none_vttbr());
}
