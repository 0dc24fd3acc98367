/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* spec.h: what IDL, CDL and EDL files declare: interfaces, components, classes of tasks. */
#ifndef IMPORT_SPEC_H
#define IMPORT_SPEC_H

#include <stdbool.h>
#include <stdint.h>

#include "ksm/gate/source.h"
#include "ksm/gate/vector.h"

struct compile;

enum spec_kind {
	SPEC_INTEGER,
	SPEC_BOOLEAN,
	SPEC_TEXT,
	SPEC_BYTES,
	SPEC_HANDLE,
	SPEC_STRUCT,
	SPEC_ARRAY,
	SPEC_OPAQUE, /* unions, sequences, types of files that are not there */
};

struct spec_field;

struct spec_type {
	enum spec_kind kind;
	uint32_t bits; /* of an integer */
	bool is_signed;
	uint32_t size; /* bytes of a text or an opaque value; elements of an array */
	const struct spec_type *element;
	uint32_t unit; /* bytes of an element of a run of bytes; 0: they have not all as many */
	const struct spec_field *fields; /* of a struct */
};

struct spec_field {
	const char *name;
	const struct spec_type *type;
	struct spec_field *next;
};

struct spec_method {
	const char *name;
	struct span at;
	struct spec_field *in;
	struct spec_field *out;
	struct spec_field *error;
	struct spec_method *next;
};

/* A package: its types, and its interface if it has one. */
struct spec_package {
	const char *name;
	const struct source *source;
	bool parsed;
	bool is_interface;
	struct spec_method *methods;
	struct vector types;   /* of struct spec_named_type */
	struct vector consts;  /* of struct spec_const */
	struct vector imports; /* of const char *: names of packages */
	struct spec_package *next;
};

struct spec_named_type {
	const char *name;
	const struct spec_type *type;
};

struct spec_const {
	const char *name;
	uint64_t value;
};

/* `name : target`: an endpoint and its interface, or a part and its component. */
struct spec_link {
	const char *name;
	const char *target;
	struct span at;
	struct spec_link *next;
};

/* A component, or an entity: a class of tasks. */
struct spec_component {
	const char *name;
	const struct source *source;
	bool is_entity;
	const char *security; /* interface through which it asks the monitor; NULL if none */
	struct spec_link *endpoints;
	struct spec_link *parts;
	struct spec_component *next;
};

struct spec {
	struct compile *compile;
	struct spec_package *packages;
	struct spec_component *components;
};

/* Takes an IDL file in; its package is parsed when it is asked for. False after a report. */
bool spec_add_idl(struct spec *s, const struct source *source);

/* Takes a CDL or EDL file in. False after a report. */
bool spec_add_component(struct spec *s, const struct source *source);

/* Returns the package of that name, parsed, or NULL: there is none, or it is faulty, which is
 * reported. */
struct spec_package *spec_package(struct spec *s, const char *name);

/* Returns the component or entity of that name, or NULL. */
const struct spec_component *spec_component(const struct spec *s, const char *name);

#endif
