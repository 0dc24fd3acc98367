/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Address spaces: implements arch_space_* and arch_make_executable of arch/arch.h. */
#ifndef ARCH_AARCH64_SPACE_H
#define ARCH_AARCH64_SPACE_H

#include <stdbool.h>

#include "arch_types.h"

/* No space is current, no translation of one is cached. */
void space_init(void);

/* A thread faulted in this space. True: it had no VMID and translated nothing; now it has one, and
 * the thread only has to try again. */
bool space_take(struct arch_space *space);

#endif
