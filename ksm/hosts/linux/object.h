/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Objects of the kernel that the broker has, too: the monitor's records, the choice of policy. */
#ifndef KSM_HOSTS_LINUX_OBJECT_H
#define KSM_HOSTS_LINUX_OBJECT_H

#include <stdint.h>

struct peer;

/* Answers the granted call of a peer at an object; kind: enum system_capability_kind. */
void object_call(struct peer *peer, uint8_t kind);

#endif
