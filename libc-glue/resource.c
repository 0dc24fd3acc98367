/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Capabilities that a server makes of its own endpoint. */
#include "gatehouse/resource.h"

#include "gen/core/process.h"

uint32_t
resource_make(struct resource resource, uint32_t number, uint32_t *handle)
{
	if (number >= resource.count) {
		return E_DENIED; /* a larger one would be another interface's */
	}
	return process_grant(HANDLE_PROCESS, HANDLE_ENDPOINT,
		resource.gives << BADGE_GIVES_SHIFT | BADGE_RESOURCE | number,
		resource_label(resource), resource.interface, RIGHT_SEND, handle);
}
