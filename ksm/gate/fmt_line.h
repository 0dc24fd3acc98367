/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* fmt_line.h: prints runs of tokens, and the comments between them, into lines. */
#ifndef GATE_FMT_LINE_H
#define GATE_FMT_LINE_H

#include "buffer.h"
#include "lex.h"

struct printer {
	const struct lex *lex;
	struct buffer out; /* the line under way has no line end yet */
	size_t line_start; /* of the line under way */
	uint32_t comment;  /* index of the next comment to print */
};

/* A run of tokens, [first, end). */
struct run {
	uint32_t first;
	uint32_t end;
};

/* Returns the token with that index. */
const struct token *line_token(const struct printer *p, uint32_t index);

/* Returns whether a clause of a rule begins with the token. */
bool line_begins_clause(const struct token *t);

/* Returns 1 if the token opens a bracket of any kind, -1 if it closes one, else 0. */
int line_depth_change(const struct token *t);

/* Ends the line under way, if there is one, and begins another. */
void line_begin(struct printer *p, size_t indent, bool blank_line);

/*
 * Prints the comments that stand before the token with that index: one that stood behind a token
 * on its line stays there, others get lines of their own. *any: whether there were some; returns
 * whether there were some on lines of their own. Blank lines before them are kept if keep_blank.
 */
bool line_comments(struct printer *p, uint32_t index, size_t indent, bool keep_blank, bool *any);

/* Returns whether a comment that is not printed yet stands inside of a run. */
bool line_has_comment(const struct printer *p, struct run run);

/* Returns the width of a run on one line; stops counting when it is too wide for any line. */
size_t line_width(const struct printer *p, struct run run);

/* Returns whether width more characters fit the line under way. */
bool line_fits(const struct printer *p, size_t width);

/*
 * Prints a run behind what is on the line. Where the line would get too long, and behind comments,
 * it goes on in a new one with that indent. begun: the first token is the first on its line.
 */
void line_print(struct printer *p, struct run run, bool begun, size_t indent);

#endif
