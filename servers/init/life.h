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

/* The same as the child of an instance: it is not started again, and its place is not free until
 * that one was told of its end, or has ended itself. */
uint32_t life_start_for(struct estate *estate, uint32_t index, uint16_t parent);

/* Whether nobody runs there, and nobody is to hear how it ended. */
bool life_is_free(const struct estate *estate, uint32_t index);

/* Whether an instance started it, in its present incarnation, and was not told of its end yet. */
bool life_is_child(const struct estate *estate, uint32_t index, uint16_t parent);

/* The number of its present incarnation, or of the last one: process_id of abi/process.h. */
uint32_t life_id(const struct estate *estate, uint32_t index);

/* Ends it until life_start, whatever its policy says. Requires that it is on. */
void life_stop(struct instance *instance);

/* The incarnation of a running instance is over. is_failure: by a fault or with an exit code. */
void life_died(struct estate *estate, uint32_t index, bool is_failure);

/* Lets whoever asked for children know that some ended, if any did. */
void life_tell(struct estate *estate);

/* Starts what is due. Returns when the next one is, 0: none waits. */
uint64_t life_start_due(struct estate *estate);

#endif
