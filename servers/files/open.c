/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Who has which file open: a resource of the server for each, and never more than its share. */
#include "open.h"

#include <stddef.h>

#include "gatehouse/resource.h"
#include "gen/core/process.h"

#define OPEN_MAX_ALL   256u
#define OPEN_MAX_OWNER 64u /* one client leaves room for others */

static const struct store *open_store;
static const struct resource *open_kinds; /* by the index of their label */
static uint32_t open_kind_count;
static struct open opens[OPEN_MAX_ALL];

void
open_init(const struct store *store, const struct resource *kinds, uint32_t count)
{
	open_store = store;
	open_kinds = kinds;
	open_kind_count = count;
}

/* The kind that the product's table has for the path (ksm/SPEC.md P20); without one the first. */
static const struct resource *
kind_of(const char *name, uint32_t bytes)
{
	uint32_t index = resource_of_path(name, bytes);

	return &open_kinds[index < open_kind_count ? index : 0];
}

/* Of a file that was not opened in the end there may be one of another kind. */
static bool
has_capability(struct open *open, const struct resource *kind)
{
	if (open->handle != 0 && open->kind != kind) {
		(void)process_delete(HANDLE_PROCESS, open->handle);
		open->handle = 0;
	}
	open->kind = kind;
	return open->handle != 0 ||
	       resource_make(*kind, (uint32_t)(open - opens), &open->handle) == E_OK;
}

struct open *
open_place(uint16_t owner, const char *name, uint32_t bytes)
{
	const struct resource *kind = kind_of(name, bytes);
	struct open *found = NULL;
	uint32_t count = 0;

	for (uint32_t i = 0; i < OPEN_MAX_ALL; i++) {
		if (!opens[i].is_used && i < kind->count) {
			found = found == NULL ? &opens[i] : found;
		} else if (opens[i].is_used && opens[i].owner == owner) {
			count++;
		}
	}
	return found != NULL && count < OPEN_MAX_OWNER && has_capability(found, kind) ? found
										      : NULL;
}

struct open *
open_of(const struct caller *caller)
{
	uint32_t number = resource_number(caller);

	if (number >= OPEN_MAX_ALL || !opens[number].is_used ||
		opens[number].owner != caller->instance) {
		return NULL;
	}
	return &opens[number];
}

void
open_end(struct open *open)
{
	open->is_used = false;
	/* Its own one goes, too: what the policy keeps for this number is over with the last. */
	(void)process_revoke(HANDLE_PROCESS, open->handle);
	(void)process_delete(HANDLE_PROCESS, open->handle);
	open->handle = 0;
	open_store->release(open_store->context, open->node);
}

void
open_end_all(uint16_t owner)
{
	for (uint32_t i = 0; i < OPEN_MAX_ALL; i++) {
		if (opens[i].is_used && opens[i].owner == owner) {
			open_end(&opens[i]);
		}
	}
}
