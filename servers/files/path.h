/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Names of files: one spelling, so that what a policy judged is what is opened (decisions D5). */
#ifndef SERVERS_FILES_PATH_H
#define SERVERS_FILES_PATH_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a name has the one spelling that servers/files/files.gate describes. */
bool path_is_good(const char *name, uint32_t bytes);

/* Walks over the parts of a good name: *at begins at 0. Returns false behind the last. */
bool path_next(
	const char *name, uint32_t bytes, uint32_t *at, const char **part, uint32_t *part_bytes);

/* Cuts a good name that is not `/` into its folder (its length; 1 for `/`) and its last part. */
void path_split(const char *name, uint32_t bytes, uint32_t *folder_bytes, const char **last,
	uint32_t *last_bytes);

#endif
