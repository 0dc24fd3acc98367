/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Who has which file open: a resource of the server for each, and never more than its share. */
#ifndef SERVERS_FILES_OPEN_H
#define SERVERS_FILES_OPEN_H

#include <stdbool.h>

#include "fileservice.h"
#include "store.h"

struct resource;

/* An open file; its index is the number of its resource. */
struct open {
	uint32_t handle; /* the capability that its owner's is a copy of; kept for the next */
	const struct resource *kind; /* of that */
	uint32_t node;
	uint16_t owner; /* instance */
	bool is_used;
	bool appends;
	enum fileservice_access access;
};

/* To be called first. kinds: what files are, by the index of their label; they stay. */
void open_init(const struct store *store, const struct resource *kinds, uint32_t count);

/* A free place with a capability for a file of that name, for that client, or NULL: it has enough
 * open, or there is none. The caller fills what is above `is_used` and sets that. */
struct open *open_place(uint16_t owner, const char *name, uint32_t bytes);

/* The file behind a call, or NULL: it is closed, or was opened by another. */
struct open *open_of(const struct caller *caller);

/* Closes it. Whoever has a copy of the capability loses it: the number will be another file's. */
void open_end(struct open *open);

/* Closes all that a client has open. */
void open_end_all(uint16_t owner);

static inline bool
open_reads(const struct open *open)
{
	return open->access == FILESERVICE_ACCESS_READ || open->access == FILESERVICE_ACCESS_BOTH;
}

static inline bool
open_writes(enum fileservice_access access)
{
	return access == FILESERVICE_ACCESS_WRITE || access == FILESERVICE_ACCESS_BOTH;
}

#endif
