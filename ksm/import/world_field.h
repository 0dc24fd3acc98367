/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* world_field.h: how parameters become fields. */
#ifndef IMPORT_WORLD_FIELD_H
#define IMPORT_WORLD_FIELD_H

struct spec_field;
struct vector;
struct world;

/* Adds the fields that stand for these parameters. */
void world_fields_add(struct world *w, struct vector *fields, const struct spec_field *declared);

/* The same of what an error carries: `failed.status`. */
void world_errors_add(struct world *w, struct vector *fields, const struct spec_field *declared);

#endif
