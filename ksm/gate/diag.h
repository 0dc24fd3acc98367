/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diag.h: what gate has to say about a file: errors and warnings with place, help and clause. */
#ifndef GATE_DIAG_H
#define GATE_DIAG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "source.h"

struct compile;

/* Findings after which no more are kept; one last line says so. */
#define DIAG_COUNT_MAX 100u

enum diag_severity {
	DIAG_ERROR,
	DIAG_WARNING,
};

struct diag_note {
	struct span at;
	const char *sentence;
	struct diag_note *next;
};

struct diag {
	struct compile *compile; /* where notes and help are stored */
	enum diag_severity severity;
	struct span at;
	const char *clause;      /* "G7", "S3": a numbered paragraph of ksm/SPEC.md; NULL if none */
	const char *sentence;    /* what is wrong, without a full stop */
	const char *help;        /* what to write instead, NULL if none */
	struct diag_note *notes; /* other places, in the order they were added */
	struct diag *next;
};

/* All findings of a compilation; a member of struct compile, zero at the start. */
struct diag_list {
	struct diag *first;
	struct diag *newest;
	uint32_t error_count;
	uint32_t warning_count;
};

/*
 * Records a finding and returns it, never NULL, so that help and notes can be added. The
 * sentence begins with a small letter, quotes source words in `backquotes` and has no full stop.
 */
struct diag *diag_error(struct compile *c, struct span at, const char *clause, const char *format,
	...) __attribute__((format(printf, 4, 5)));
struct diag *diag_warning(struct compile *c, struct span at, const char *clause, const char *format,
	...) __attribute__((format(printf, 4, 5)));

/* Says what to write instead; a later help replaces an earlier one. */
void diag_help(struct diag *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Points at another place that matters: "first declared here". */
void diag_note(struct diag *d, struct span at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Adds the help "did you mean `x`?" if one of the count candidates is near to word (suggest.h);
 * otherwise does nothing. Returns whether it did.
 */
bool diag_suggest(struct diag *d, const char *word, const char *const *candidates, size_t count);

/* The same, but if none is near, says what there is: "WHAT are `a`, `b`". */
void diag_choose(struct diag *d, const char *word, const char *what, const char *const *candidates,
	size_t count);

/* How findings are printed. */
struct diag_style {
	bool json; /* one JSON object a line */
	bool colour;
};

/* Returns the style for out: colour if it is a terminal and NO_COLOR is not set. */
struct diag_style diag_style_for(FILE *out, bool json);

/*
 * Prints all findings, ordered by file and place, and forgets them (the counts stay).
 * Text form, one finding:
 *	x.gate:3:10: error: a time needs its unit [G9]
 *	    wait 200
 *	         ^~~
 *	help: write `200ms`
 * Control characters of a source line are never sent to the terminal.
 */
void diag_print(struct compile *c, FILE *out, struct diag_style style);

#endif
