/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* project.h: the files of a KasperskyOS project: which there are, and what they say together. */
#ifndef IMPORT_PROJECT_H
#define IMPORT_PROJECT_H

#include <stdbool.h>

#include "psl.h"
#include "spec.h"
#include "ksm/gate/vector.h"

struct compile;
struct world;

/* A task of init.yaml. */
struct project_task {
	const char *name;
	const char *class;
};

struct project {
	struct compile *compile;
	const char *values_path; /* NULL: no placeholder has a value */
	struct vector values;    /* of struct project_value */
	struct vector files;     /* of const char *: paths of all that may matter */
	struct vector notes;     /* of const char *: what a reader of the result should know */
	struct vector tasks;     /* of struct project_task */
	struct spec spec;
	struct psl psl;
	const char *main_path;
	struct vector done; /* of const char *: the PSL that was read */
	bool is_main_named;
};

struct project_value {
	const char *name;
	const char *text;
};

/*
 * Reads the project under the count paths: folders are searched, a file is the policy itself. False
 * after a report.
 */
bool project_read(struct project *p, struct compile *c, const char *const *paths, uint32_t count,
	const char *values_path);

/* Says in each class how many tasks of it init.yaml names, and notes what is declared twice. */
void project_tasks(struct project *p, struct world *w);

/* Adds a note; format as in printf. */
void project_note(struct project *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
