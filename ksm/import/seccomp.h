/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* seccomp.h: a seccomp profile as containers use it (JSON). */
#ifndef IMPORT_SECCOMP_H
#define IMPORT_SECCOMP_H

#include <stdbool.h>

struct cells_source;
struct project;
struct source;
struct world;

extern const struct cells_source seccomp_source;

/*
 * Makes the world of a profile: a class `program` that calls a class `kernel`, which has a method
 * for each system call that is named and one for all others. The values CAPS, ARCH and KERNEL of p
 * say what the container has. False after a report.
 */
bool seccomp_read(struct world *w, const struct source *s, const struct project *p);

#endif
