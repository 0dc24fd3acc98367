/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Capabilities for a process that is about to start, in exactly the slots that it counts on. */
#ifndef INIT_WIRING_H
#define INIT_WIRING_H

#include <stdint.h>

#include "instance.h"

/* Slots 1 to 6 of abi/abi.h, and 7, which stays empty. reply: its reply object. Returns an E_
 * status. Requires a configured process that holds nothing yet. */
uint32_t wiring_grant_fixed(const struct estate *estate, uint32_t index, uint32_t reply);

/* Slots from HANDLE_FIRST_INDEX on, as the system blob says. Returns an E_ status. */
uint32_t wiring_grant_uses(const struct estate *estate, uint32_t index);

/* Gives a frame of init's table to the process and maps it there. Returns an E_ status. */
uint32_t wiring_give_frame(const struct estate *estate, uint32_t index, uint32_t frame,
	uint64_t vaddr, uint8_t rights);

#endif
