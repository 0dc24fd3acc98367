/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* doc_out.c: the two forms of a document. */
#include "doc_out.h"

static const char style[] =
	"body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:76em;padding:0 1em;"
	"color:#1f2328}"
	"table{border-collapse:collapse;width:100%;margin:1em 0}"
	"th,td{border-bottom:1px solid #d0d7de;padding:.45em .7em;text-align:left;"
	"vertical-align:top}"
	"th{background:#f6f8fa}code{font:13px ui-monospace,Menlo,Consolas,monospace;"
	"overflow-wrap:anywhere}"
	"h1{border-bottom:2px solid #d0d7de}h2{margin-top:2em}";

/* What would mean something in the form is written otherwise. */
static void
text_put(const struct doc_out *d, const char *text, bool is_cell)
{
	for (const char *c = text; *c != '\0'; c++) {
		if (d->is_html && *c == '<') {
			(void)fputs("&lt;", d->out);
		} else if (d->is_html && *c == '>') {
			(void)fputs("&gt;", d->out);
		} else if (d->is_html && *c == '&') {
			(void)fputs("&amp;", d->out);
		} else if (!d->is_html && is_cell && *c == '|') {
			(void)fputs("\\|", d->out);
		} else {
			(void)fputc(*c, d->out);
		}
	}
}

void
doc_begin(const struct doc_out *d, const char *title)
{
	if (!d->is_html) {
		(void)fputs("# ", d->out);
		text_put(d, title, false);
		(void)fputs("\n", d->out);
		return;
	}
	(void)fputs(
		"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>", d->out);
	text_put(d, title, false);
	(void)fprintf(d->out, "</title><style>%s</style></head><body>\n<h1>", style);
	text_put(d, title, false);
	(void)fputs("</h1>\n", d->out);
}

void
doc_end(const struct doc_out *d)
{
	(void)fputs(d->is_html ? "</body></html>\n" : "", d->out);
}

void
doc_heading(const struct doc_out *d, const char *text)
{
	(void)fputs(d->is_html ? "<h2>" : "\n## ", d->out);
	text_put(d, text, false);
	(void)fputs(d->is_html ? "</h2>\n" : "\n", d->out);
}

void
doc_sentence(const struct doc_out *d, const char *text)
{
	(void)fputs(d->is_html ? "<p>" : "\n", d->out);
	text_put(d, text, false);
	(void)fputs(d->is_html ? "</p>\n" : "\n", d->out);
}

void
doc_table(const struct doc_out *d, const char *const *columns, uint32_t count)
{
	(void)fputs(d->is_html ? "<table><tr>" : "\n|", d->out);
	for (uint32_t i = 0; i < count; i++) {
		(void)fprintf(d->out, d->is_html ? "<th>%s</th>" : " %s |", columns[i]);
	}
	(void)fputs(d->is_html ? "</tr>\n" : "\n|", d->out);
	for (uint32_t i = 0; !d->is_html && i < count; i++) {
		(void)fputs("---|", d->out);
	}
	(void)fputs(d->is_html ? "" : "\n", d->out);
}

static void
cell_put(const struct doc_out *d, const char *text, bool is_code)
{
	const char *mark = d->is_html ? "<code>" : "`";
	const char *end = d->is_html ? "</code>" : "`";

	if (text == NULL || *text == '\0') {
		return;
	}
	(void)fputs(is_code ? mark : "", d->out);
	text_put(d, text, true);
	(void)fputs(is_code ? end : "", d->out);
}

void
doc_row(const struct doc_out *d, const char *const *cells, const bool *is_code, uint32_t count)
{
	(void)fputs(d->is_html ? "<tr>" : "|", d->out);
	for (uint32_t i = 0; i < count; i++) {
		(void)fputs(d->is_html ? "<td>" : " ", d->out);
		cell_put(d, cells[i], is_code[i]);
		(void)fputs(d->is_html ? "</td>" : " |", d->out);
	}
	(void)fputs(d->is_html ? "</tr>\n" : "\n", d->out);
}

void
doc_table_end(const struct doc_out *d)
{
	(void)fputs(d->is_html ? "</table>\n" : "", d->out);
}
