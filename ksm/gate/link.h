/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* link.h: edges that the system makes without rules: wires, signals, own labels, others' [E3]. */
#ifndef GATE_LINK_H
#define GATE_LINK_H

#include <stdbool.h>
#include <stdint.h>

struct l1;

/* Whether an instance with the first label is linked to the second by this interface. */
bool link_exists(const struct l1 *l1, uint16_t holder, uint16_t target, uint16_t interface);

#endif
