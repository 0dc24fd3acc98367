/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* until.h: the last day on which a rule is built [R20]. */
#ifndef GATE_UNTIL_H
#define GATE_UNTIL_H

#include <stdbool.h>
#include <stdint.h>

struct ast_rule;
struct sema;

/* Reads `2027-03-31` as the days from 1970-01-01 on. Returns false if it is no such day. */
bool until_day(const char *text, int64_t *day);

/* Returns false after an error: what `until` says is no day, or is over. Warns while it is near. */
bool until_check(struct sema *s, const struct ast_rule *rule);

#endif
