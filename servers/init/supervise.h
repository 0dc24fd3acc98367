/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Supervision: what init does for the rest of its life. */
#ifndef INIT_SUPERVISE_H
#define INIT_SUPERVISE_H

#include "instance.h"

/* Starts every instance in order; one that cannot be started does not keep the others from it. */
void supervise_start_all(struct estate *estate);

/* Receives faults and exits, restarts what shall be restarted. Never returns. */
_Noreturn void supervise(struct estate *estate);

#endif
