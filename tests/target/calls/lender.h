/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The part of the server that uses what its callers lend. */
#ifndef CALLS_LENDER_H
#define CALLS_LENDER_H

#include "lend.h"

extern const struct lend_server lender;

#endif
