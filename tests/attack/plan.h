/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What must come of each attack; the names are those of the table in tests/attack/README.md. */
#ifndef ATTACK_PLAN_H
#define ATTACK_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#define PLAN_STEPS 7u

enum plan_end {
	PLAN_NONE,
	PLAN_ANSWERS, /* value: the status that the kernel gave last */
	PLAN_DIES     /* value: enum fault_kind, which is on record */
};

enum plan_record {
	PLAN_NO_RECORD, /* nothing was judged: the README says why */
	PLAN_ATTACKER,  /* a record of the attacker's */
	PLAN_DEPUTY     /* of the one that it used */
};

struct plan_step {
	uint8_t end; /* enum plan_end; PLAN_NONE: there are no more */
	uint8_t value;
	uint8_t record; /* enum plan_record, of a denial */
	uint8_t reason; /* enum ksm_reason, of the denial */
};

struct plan {
	const char *name; /* NULL: not for the judge */
	struct plan_step steps[PLAN_STEPS];
	uint8_t control_first; /* the steps that succeed when its defence is switched off */
	uint8_t control_last;
	bool control_each; /* and each of them by itself */
};

#define PLANS 25u /* 1..24 */

extern const struct plan plans[PLANS];

#endif
