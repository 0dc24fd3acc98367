/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What did not start, said to people: at boot, while no console runs yet, and to who asks. */
#ifndef INIT_REPORT_H
#define INIT_REPORT_H

#include <stdint.h>

struct estate;

/* Who does not run, at which step its last start failed, and why, in at most `capacity` bytes;
 * returns how many. Requires that the instance's status is not E_OK. */
uint32_t report_trouble(const struct estate *estate, uint32_t index, char *text, uint32_t capacity);

/* The same as a line on the kernel's console. Requires that boot goes on (Power.tell of
 * kernel/core.gate), too. */
void report_failed_start(const struct estate *estate, uint32_t index);

#endif
