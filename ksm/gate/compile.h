/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* compile.h: everything one run of gate remembers; there is no other mutable state. */
#ifndef GATE_COMPILE_H
#define GATE_COMPILE_H

#include "arena.h"
#include "diag.h"
#include "intern.h"
#include "source.h"

/* The newest edition of the language; those before it are read as they always were [G10]. */
#define EDITION_NEWEST 1u

struct compile {
	struct arena arena;     /* every text and finding, and what is made of the trees */
	struct arena trees;     /* of files, but their rules */
	struct arena tokens;    /* those of a file, until it is parsed or everything ends */
	struct arena rules;     /* rules of files as they were written */
	struct arena drafts;    /* cells, which grow without a copy there */
	struct arena scratch;   /* what one step of a stage needs, until it ends */
	struct intern interned; /* equal texts of names are equal pointers */
	struct source *sources; /* newest first */
	uint32_t source_count;
	struct diag_list diags;
	uint32_t edition_newest;              /* EDITION_NEWEST */
	uint32_t edition;                     /* of the first file that said one; 0: none yet */
	const struct source_overlay *overlay; /* texts that stand for files; NULL: none */
};

/* Makes c an empty compilation. */
void compile_init(struct compile *c);

/* Gives all memory back. */
void compile_release(struct compile *c);

/* Returns the edition in which gate writes what it adds to the files that it reads. */
uint32_t compile_edition(const struct compile *c);

/* Prints the findings to stderr. Returns the exit code: 1 if there was an error, else 0. */
int compile_report(struct compile *c, bool json);

#endif
