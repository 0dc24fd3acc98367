/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Deleting capabilities, destroying objects, and the preemptible reset of untyped memory. */
#ifndef KERNEL_DESTROY_H
#define KERNEL_DESTROY_H

#include <stdbool.h>

struct slot;

/* Deletes one capability; a frame's mapping goes with it. The last one destroys its object; a
 * process is destroyed step by step, by whoever resets memory next. Bounded. */
void capability_delete(struct slot *slot);

/* Up to REVOKE_STEPS steps towards: nothing derived from this untyped exists, all of it is free.
 * The untyped is frozen until then. Returns false when done, true: call again. */
bool untyped_reset_step(struct slot *slot);

#endif
