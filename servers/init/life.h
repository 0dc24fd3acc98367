/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The life of instances: who is started, when again, and what if that is no help. */
#ifndef INIT_LIFE_H
#define INIT_LIFE_H

#include "instance.h"

/* Starts every instance in order; one that cannot be started does not keep the others from it. */
void life_start_all(struct estate *estate);

/* Whether it runs, or waits to be started again. */
bool life_is_on(const struct instance *instance);

/* Starts one with nothing on its record. Returns an E_ status; E_STATE: it is not stopped. */
uint32_t life_start(struct estate *estate, uint32_t index);

/* Ends it until life_start, whatever its policy says. Requires that it is on. */
void life_stop(struct instance *instance);

/* The incarnation of a running instance is over. is_failure: by a fault or with an exit code. */
void life_died(struct estate *estate, uint32_t index, bool is_failure);

/* Starts what is due. Returns when the next one is, 0: none waits. */
uint64_t life_start_due(struct estate *estate);

#endif
