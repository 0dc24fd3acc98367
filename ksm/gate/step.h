/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* step.h: one concrete message out of a test step or the words of `gate why` [R13]. */
#ifndef GATE_STEP_H
#define GATE_STEP_H

#include <stdbool.h>

#include "l1_eval.h"
#include "ksm/format_shape.h"
#include "payload.h"

struct ast_step;
struct sema;

struct step_message {
	struct l1_query query; /* bytes are payload's */
	struct payload payload;
	const struct l1_interface *interface;
	const struct l1_method *method;
	const struct l1_message *message;
	const char *text; /* the event as it was written, in one line */
};

/* A capability of a label that an instance has: of a DROP step. */
struct step_capability {
	uint16_t holder, target, interface;
	uint32_t number;
};

/* Reads what a DROP step names. Returns false after an error. */
bool step_capability_read(struct sema *s, const struct ast_step *step, struct step_capability *out);

/* Fills out from a GRANT or DENY step. Returns false after an error. out may not move afterwards.
 */
bool step_read(struct sema *s, const struct ast_step *step, struct step_message *out);

#endif
