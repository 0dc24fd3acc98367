/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* idl_part.h: what the files that parse IDL know of each other. */
#ifndef IMPORT_IDL_PART_H
#define IMPORT_IDL_PART_H

#include <stdint.h>

#include "reader.h"

struct spec;
struct spec_package;

#define IDL_NEST_MAX 16u

/* Packages that import packages: what those declare is seen as deep as this. */
#define IDL_IMPORTS_DEEP 4u

struct idl {
	struct spec *spec;
	struct spec_package *package;
	struct reader r;
	uint32_t depth;
};

/* idl_const.c: reads an expression of constants; 0 after a report. */
uint64_t idl_const_parse(struct idl *i);

#endif
