/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* report.h: what became of a policy: imported, denied, lost. */
#ifndef IMPORT_REPORT_H
#define IMPORT_REPORT_H

struct buffer;
struct cells;
struct project;

/* Appends the report, Markdown. */
void report_print(struct buffer *b, const struct project *p, const struct cells *c);

#endif
