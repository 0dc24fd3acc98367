/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* dbus.h: the policy of a D-Bus configuration file. */
#ifndef IMPORT_DBUS_H
#define IMPORT_DBUS_H

#include <stdbool.h>

#include "psl.h"
#include "spec.h"

struct cells_source;
struct source;
struct vector;
struct world;

extern const struct cells_source dbus_source;

/*
 * Makes the world of a <busconfig>: a class for each user and group that a policy speaks of and one
 * for all others, and one for each bus name; notes gets what was left out. False after a report.
 */
bool dbus_read(struct world *w, const struct source *s, struct vector *notes);

#endif
