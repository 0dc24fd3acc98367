/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* test_check.h: the tests of a file, typed like its rules [R13, S38]. */
#ifndef GATE_TEST_CHECK_H
#define GATE_TEST_CHECK_H

#include <stdbool.h>

#include "ksm/engine/ksm.h"

struct ast_ident;
struct sema;

/* Steps of one test, `times` multiplied out; more are refused. */
#define TEST_STEPS_MAX 1000000u

/* Reports steps that name nobody, no method, no field. Requires: a system, lowered. */
void tests_check(struct sema *s);

/* Returns the reason that a word means, or KSM_REASONS after an error. */
enum ksm_reason test_reason(struct sema *s, const struct ast_ident *word);

#endif
