/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The life of instances: who is started, when again, and what if that is no help. */
#ifndef INIT_LIFE_H
#define INIT_LIFE_H

#include "instance.h"

/* Starts every instance in order; one that cannot be started does not keep the others from it. */
void life_start_all(struct estate *estate);

/* The incarnation of a running instance is over. is_failure: by a fault or with an exit code. */
void life_died(struct estate *estate, uint32_t index, bool is_failure);

/* Starts what is due. Returns when the next one is, 0: none waits. */
uint64_t life_start_due(struct estate *estate);

#endif
