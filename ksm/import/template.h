/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* template.h: placeholders that CMake fills in: @NAME@, {% if NAME %}, $<...>. */
#ifndef IMPORT_TEMPLATE_H
#define IMPORT_TEMPLATE_H

struct project;
struct source;

/*
 * Reads the file at path and fills its placeholders in. Returns NULL after a report: it cannot be
 * read, or a placeholder has no value.
 */
const struct source *template_read(struct project *p, const char *path);

/* Reads the file of values: `NAME=text` a line, `\n` for the end of a line. False after a report.
 */
int template_values(struct project *p);

/* Returns the value of that name, or NULL. */
const char *template_value(const struct project *p, const char *name);

#endif
