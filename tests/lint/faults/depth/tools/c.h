/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#ifndef C_H
#define C_H
#include "tools/d.h"
#endif
