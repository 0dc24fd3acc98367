/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Resources of a server: clients hold a capability of its endpoint for each, with a label of its
 * own, by which the policy judges what they say through it. */
#ifndef GATEHOUSE_RESOURCE_H
#define GATEHOUSE_RESOURCE_H

#include <stdint.h>

#include "gatehouse/process.h"
#include "gatehouse/syscall.h"

/* A kind of them, `gives file: File labels Log[16]`; PROCESS_LABEL of the generated header. */
struct resource {
	uint16_t index; /* among the labels of the process */
	uint16_t interface;
	uint32_t gives; /* which of the interfaces that the process gives */
	uint32_t count; /* numbers are below it */
};

/*
 * Makes a capability of the resource with that number, to be handed on in a message. The server
 * keeps it: what clients got is a copy, which process_revoke takes back; process_delete of the
 * server's own leaves clients theirs. E_DENIED: there is no such number. E_LIMIT: the table is
 * full.
 */
uint32_t resource_make(struct resource resource, uint32_t number, uint32_t *handle);

/*
 * Which kind what is opened by that path is of, by the table that the product has for this process
 * (`labels` of ksm/SPEC.md, P20): its index, or RESOURCE_NONE if there is no table. The policy lets
 * no capability of another kind through.
 */
uint32_t resource_of_path(const char *path, uint32_t bytes);

/* The number of the resource through which a caller came, or RESOURCE_NONE: it came over a wire. */
#define RESOURCE_NONE UINT32_MAX

static inline uint32_t
resource_number(const struct caller *caller)
{
	return (caller->badge & BADGE_RESOURCE) != 0 ? caller->badge & BADGE_NUMBER : RESOURCE_NONE;
}

/* The label that the policy knows the kind by. */
static inline uint16_t
resource_label(struct resource resource)
{
	return (uint16_t)(process_info()->resource_label + resource.index);
}

#endif
