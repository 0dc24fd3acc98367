/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#ifndef B_H
#define B_H
#include "tools/a.h"
#endif
