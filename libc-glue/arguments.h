/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arguments and environment: what whoever started it said, or the words of `args` and `env`. */
#ifndef GLUE_ARGUMENTS_H
#define GLUE_ARGUMENTS_H

#include <stdbool.h>

struct arguments {
	int count;
	char **words; /* NULL behind the last */
};

/* Reads both; `environ` is set. In attributes blanks separate words, unless they stand between ';
 * before the first argument stands the name of the instance. Returns false when the account has no
 * memory for them. */
bool glue_arguments_read(struct arguments *arguments);

#endif
