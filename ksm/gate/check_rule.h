/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* check_rule.h: rules held against each other [S3, S8]. */
#ifndef GATE_CHECK_RULE_H
#define GATE_CHECK_RULE_H

struct sema;

/*
 * Reports rules that can never match, that say what another says, that forbids make void, and
 * allows that overlap although one of them is audited. Requires: lower_finish ran.
 */
void check_rules(struct sema *s);

#endif
