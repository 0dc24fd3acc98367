/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* c_text.h: pieces of generated C: formatted text, names that C allows, comments. */
#ifndef GATE_C_TEXT_H
#define GATE_C_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"

/* Appends a formatted text; format as in printf. */
void c_text(struct buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Returns the last component of a qualified name, in small or capital letters, in b's arena. */
const char *c_lower(struct buffer *b, const char *name);
const char *c_upper(struct buffer *b, const char *name);

/* Returns the name as a parameter or member of its own: with `_` behind it if C or generated code
 * means something else by it. */
const char *c_name(struct buffer *b, const char *name);

/* Returns a number as C writes it. */
const char *c_number(struct buffer *b, int64_t value);

/* The same without a sign. */
const char *c_unsigned(struct buffer *b, uint64_t value);

/* Returns whether a header of C has that name (without .h). */
bool c_has_header(const char *name);

/* Appends a comment of the text's lines, or nothing if text is NULL. `indent` stands before it. */
void c_comment(struct buffer *b, const char *indent, const char *text);

/* Appends the licence line, one comment and the start of the include guard; then its end. */
void c_header_start(struct buffer *b, const char *guard, const char *purpose);
void c_header_end(struct buffer *b);

#endif
