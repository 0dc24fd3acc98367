/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* world_build.h: how a world comes to be, piece by piece. */
#ifndef IMPORT_WORLD_BUILD_H
#define IMPORT_WORLD_BUILD_H

#include "ksm/gate/source.h"

struct world;
struct world_class;
struct world_interface;

/* Returns the class of that name; a new one is foreign. */
struct world_class *world_class_add(struct world *w, const char *name, struct span at);

/*
 * Returns the endpoint of that path (NULL: all that nobody names). A new one has the interface that
 * an IDL declares, or a foreign one of its own, with a method for what nobody names.
 */
struct world_endpoint *world_endpoint_add(struct world *w, struct world_class *c, const char *path,
	const char *component, const char *interface);

/* Returns the method of that name; a new one of a foreign interface has the fields that are asked
 * for. */
struct world_method *world_method_add(struct world *w, struct world_interface *i, const char *name);

#endif
