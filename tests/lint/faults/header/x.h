/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#ifndef X_H
#define X_H

uint32_t x_add(uint32_t a);

#endif
