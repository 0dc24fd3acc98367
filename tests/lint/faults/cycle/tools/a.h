/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#ifndef A_H
#define A_H
#include "tools/b.h"
#endif
