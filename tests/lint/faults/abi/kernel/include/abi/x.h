/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#ifndef X_H
#define X_H
#include <stddef.h>
#endif
