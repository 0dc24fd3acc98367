/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* idl_part.h: what the files that parse IDL know of each other. */
#ifndef IMPORT_IDL_PART_H
#define IMPORT_IDL_PART_H

#include <stdint.h>

#include "reader.h"

struct spec;
struct spec_package;

#define IDL_NEST_MAX 16u

struct idl {
	struct spec *spec;
	struct spec_package *package;
	struct reader r;
	uint32_t depth;
};

/* idl_const.c: reads an expression of constants; 0 after a report. */
uint64_t idl_const_parse(struct idl *i);

/* What a package itself has under a name, or NULL. */
typedef const void *idl_has(const struct spec_package *p, const char *name);

/* What `has` finds in the package, in one it imports or one that this imports, or, for
 * `package.Name`, there; NULL if it is nowhere. */
const void *idl_find(struct idl *i, struct spec_package *p, const char *name, idl_has *has);

#endif
