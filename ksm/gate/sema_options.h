/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_options.h: what a caller wants of the middle of gate. */
#ifndef GATE_SEMA_OPTIONS_H
#define GATE_SEMA_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct digests;
struct others;
struct sema;

struct sema_options {
	const char *const *roots; /* -I */
	uint32_t root_count;
	const char *board_name; /* NULL: as the system says, else the first */
	const char *text;       /* of the file, which is not read then; NULL: it is read */
	size_t text_size;
	bool strict;
	bool refuses_drafts;           /* [R10] */
	bool has_today;                /* else the clock says which day it is [R20] */
	int64_t today;                 /* days from 1970-01-01 on */
	bool forgets_rules;            /* as they were written; they are read again to be lowered */
	const struct digests *digests; /* NULL: no program may start */
	/* Changes the trees of all units before anything is looked up; NULL: nobody does. */
	void (*change)(struct sema *s, void *data);
	void *change_data;
	const struct others *others; /* NULL: this policy is the image's only one */
	uint64_t version;            /* of the policy */
};

#endif
