/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 8: a mapping takes the place of another. 11: what may be read may be executed. */
#include "control.h"

#include "arch/arch.h"

static bool control_is_free(const struct arch_space *space, vaddr_t address, size_t pages);
static void control_map(struct arch_space *space, vaddr_t address, paddr_t physical, size_t pages,
	enum arch_access access, arch_take_page take_page, void *account);

#define arch_space_is_free control_is_free
#define arch_space_map     control_map
#include "kernel/frame.c"
#undef arch_space_is_free
#undef arch_space_map

static bool
control_is_free(const struct arch_space *space, vaddr_t address, size_t pages)
{
	return control_is(8) || arch_space_is_free(space, address, pages);
}

static void
control_map(struct arch_space *space, vaddr_t address, paddr_t physical, size_t pages,
	enum arch_access access, arch_take_page take_page, void *account)
{
	if (control_is(8)) {
		arch_space_unmap(space, address, pages);
	}
	if (control_is(11) && access == ARCH_READ) {
		arch_make_executable(physical, pages * PAGE_BYTES);
		access = ARCH_READ_EXECUTE;
	}
	arch_space_map(space, address, physical, pages, access, take_page, account);
}
