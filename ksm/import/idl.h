/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* idl.h: the text of one package. */
#ifndef IMPORT_IDL_H
#define IMPORT_IDL_H

#include <stdbool.h>

struct reader;
struct spec;
struct spec_package;

/* Takes the word that begins a package: some write `component`, as in CDL. */
void idl_expect_package(struct reader *r);

/* Parses the package's source into it. False after a report. */
bool idl_parse(struct spec *s, struct spec_package *p);

#endif
