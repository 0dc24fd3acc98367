/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The program archive: finds a program by name and knows that it is whole. */
#ifndef INIT_ARCHIVE_H
#define INIT_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/image.h"
#include "bundle.h"

#define PROGRAM_PAGES_MAX 1024u /* of text, and of data with bss: what one frame can hold */

/* Returns false when the archive's table does not fit the archive. */
bool archive_open(const struct span *archive);

/*
 * The program called `name`, or NULL: absent, or its header contradicts its length, its place in
 * memory or itself. Behind the header stand its text pages, then its data pages. Requires an
 * archive that archive_open accepted.
 */
const struct program_header *archive_find(const struct span *archive, const char *name);

#endif
