/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#include "tools/a.h"
