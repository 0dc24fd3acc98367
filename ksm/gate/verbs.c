/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verbs.c: the table of verbs. */
#include "verbs.h"

#include <string.h>

static const struct verb verbs[] = {
#define VERB(name, arguments, help) {#name, arguments, help, verb_##name},
#include "verbs.def"
#undef VERB
};

const struct verb *
verb_find(const char *name)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(verbs[i].name, name) == 0) {
			return &verbs[i];
		}
	}
	return NULL;
}

const struct verb *
verb_table(size_t *count)
{
	*count = sizeof(verbs) / sizeof(verbs[0]);
	return verbs;
}
