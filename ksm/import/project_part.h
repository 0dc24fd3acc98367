/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* project_part.h: what the files that read a project know of each other. */
#ifndef IMPORT_PROJECT_PART_H
#define IMPORT_PROJECT_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct project;

/* Returns whether path ends with this, not counting a last `.in`. */
bool project_ends_with(const char *path, const char *end);

/* Returns the path of a file. */
const char *project_file(const struct project *p, uint32_t index);

/* Returns what the path of `use a.b._` ends with: /a/b.psl; length is that of a.b. */
const char *project_use_tail(const struct project *p, const char *name, size_t length);

/* Returns how many bytes of its folder a file has in common with the policy. */
size_t project_nearness(const struct project *p, const char *path);

/* Returns the files, those that are nearest to the policy last, otherwise in their order. */
const char **project_sort(const struct project *p);

/*
 * Finds security.psl, or else the one PSL that no other uses, unless a file was named. Of X and
 * X.in beside each other it is X. False after a report.
 */
bool project_main_find(struct project *p);

#endif
