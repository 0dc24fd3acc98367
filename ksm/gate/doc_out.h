/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* doc_out.h: headings, sentences and tables, in Markdown or in HTML. */
#ifndef GATE_DOC_OUT_H
#define GATE_DOC_OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct doc_out {
	FILE *out;
	bool is_html;
};

void doc_begin(const struct doc_out *d, const char *title);
void doc_end(const struct doc_out *d);
void doc_heading(const struct doc_out *d, const char *text);
void doc_sentence(const struct doc_out *d, const char *text);

/* A table: its columns, then rows of as many cells. NULL is an empty cell; is_code: what stands in
 * that column is words of the language. */
void doc_table(const struct doc_out *d, const char *const *columns, uint32_t count);
void doc_row(
	const struct doc_out *d, const char *const *cells, const bool *is_code, uint32_t count);
void doc_table_end(const struct doc_out *d);

#endif
