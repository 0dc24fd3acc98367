/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Address spaces: implements arch_space_* and arch_make_executable of arch/arch.h. */
#ifndef ARCH_AARCH64_SPACE_H
#define ARCH_AARCH64_SPACE_H

/* No space is current, no translation of one is cached. */
void space_init(void);

#endif
