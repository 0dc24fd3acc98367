/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What did not start, said to people while no console runs yet. */
#ifndef INIT_REPORT_H
#define INIT_REPORT_H

#include <stdint.h>

struct estate;

/* One line on the kernel's console: who does not run, at which step, and why. Requires that boot
 * goes on (Power.tell of kernel/core.gate), and that the instance's status is not E_OK. */
void report_failed_start(const struct estate *estate, uint32_t index);

#endif
