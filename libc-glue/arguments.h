/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arguments and environment: the words of the attributes `args` and `env`. */
#ifndef GLUE_ARGUMENTS_H
#define GLUE_ARGUMENTS_H

#include <stdbool.h>

struct arguments {
	int count;
	char **words; /* the name of the instance first; NULL behind the last */
};

/* Reads both; `environ` is set. Blanks separate words, unless they stand between '. Returns false
 * when the account has no memory for them. */
bool glue_arguments_read(struct arguments *arguments);

#endif
