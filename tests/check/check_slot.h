/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Tables, derivation, and what was made of what. */
#ifndef CHECK_CHECK_SLOT_H
#define CHECK_CHECK_SLOT_H

struct slot;

void check_slots(void);

/* Every slot that was ever used, of all processes, empty ones too. */
void check_each_slot(void (*look)(struct slot *slot));

#endif
