/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The part of the server that takes and gives capabilities. */
#ifndef CALLS_PASSER_H
#define CALLS_PASSER_H

#include "pass.h"

extern const struct pass_server passer;

#endif
