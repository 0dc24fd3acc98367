/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Deleting capabilities, destroying objects, and the preemptible revoke. Each function takes one
 * bounded step and returns whether there are more: call it again. */
#ifndef KERNEL_DESTROY_H
#define KERNEL_DESTROY_H

#include <stdbool.h>

struct slot;

/* Towards: this capability is gone, a frame's mapping with it. The last one destroys its object; a
 * process is destroyed step by step, by whoever revokes or resets next. */
bool capability_delete_step(struct slot *slot);

/* Towards: nothing is derived from this capability. Its object is frozen until then: from
 * this capability and what descends from it nothing is derived, nor from others as deep. */
bool capability_revoke_step(struct slot *slot);

/* Towards: nothing is derived from this untyped, and all of it is free. */
bool untyped_reset_step(struct slot *slot);

#endif
