/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#ifndef TOOLS_X_H
#define TOOLS_X_H

int x_add(int a, int b);

#endif
