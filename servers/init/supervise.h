/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Supervision: what init does for the rest of its life. */
#ifndef INIT_SUPERVISE_H
#define INIT_SUPERVISE_H

#include "instance.h"

/* Receives faults and exits, restarts what shall be restarted. Never returns. */
_Noreturn void supervise(struct estate *estate);

#endif
