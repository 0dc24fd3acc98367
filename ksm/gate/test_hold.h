/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* test_hold.h: which capabilities the messages of a test have handed on [R13, S22, S25]. */
#ifndef GATE_TEST_HOLD_H
#define GATE_TEST_HOLD_H

#include <stdbool.h>
#include <stdint.h>

struct l1_verdict;
struct step_capability;
struct step_message;
struct test_run;

/* One more capability of its kind; the interpreter's verdict, then the engine's. */
void hold_add(struct test_run *r, const struct step_capability *what, struct l1_verdict *l1,
	struct l1_verdict *engine);

/* A granted message: who gives has what it hands on; who gets it has it then, or nothing of it and
 * the verdicts say why. */
void hold_message(struct test_run *r, const struct step_message *m, struct l1_verdict *l1,
	struct l1_verdict *engine);

/* One goes. Returns false if there is none. */
bool hold_drop(struct test_run *r, const struct step_capability *what);

/* All of an instance go. */
void hold_end(struct test_run *r, uint16_t label);

#endif
