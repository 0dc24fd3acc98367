/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* naming.h: gives everything in the world its name in Gate. */
#ifndef IMPORT_NAMING_H
#define IMPORT_NAMING_H

struct cells;
struct world;

/* The interface of all foreign classes of which the policy names nothing: any call is its one
 * method. */
extern const char naming_shared[];

/* Names classes, endpoints, interfaces and methods. Requires: they are all there. */
void naming_world(struct world *w);

/* Names machines and enumerations. Requires: every cell was lowered once. */
void naming_objects(struct cells *c);

#endif
