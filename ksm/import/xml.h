/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* xml.h: the elements of an XML file, one after the other; text between them is left out. */
#ifndef IMPORT_XML_H
#define IMPORT_XML_H

#include <stdbool.h>
#include <stdint.h>

#include "ksm/gate/source.h"

#define XML_ATTRIBUTES_MAX 16u

struct compile;

struct xml_attribute {
	const char *name;
	const char *value;
};

struct xml_element {
	const char *name;
	bool is_end; /* </name>; an element that is empty, <name/>, comes without one */
	struct span at;
	struct xml_attribute attributes[XML_ATTRIBUTES_MAX];
	uint32_t attribute_count;
};

struct xml {
	struct compile *compile;
	const struct source *source;
	size_t at;
	uint32_t line;
	size_t line_start;
	bool failed;
};

void xml_begin(struct xml *x, struct compile *c, const struct source *s);

/* Reads the next element. Returns false at the end of the file, or after a report: x->failed. */
bool xml_next(struct xml *x, struct xml_element *e);

/* Returns the value of an attribute, or NULL. */
const char *xml_value(const struct xml_element *e, const char *name);

#endif
