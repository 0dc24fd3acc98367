/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Instances: what stays for ever (endpoint, notification, memory), and the present incarnation,
 * which is made of that memory and goes back into it (decisions B8).
 */
#ifndef INIT_INSTANCE_H
#define INIT_INSTANCE_H

#include <stdint.h>

#include "abi/process.h"
#include "bundle.h"
#include "layout.h"
#include "restart.h"

enum instance_state {
	INSTANCE_ABSENT, /* its lasting objects could not be made */
	INSTANCE_RUNNING,
	INSTANCE_WAITING, /* dead, and will be started again */
	INSTANCE_STOPPED  /* dead for good, or never allowed to start */
};

/* How far a start came: what a failure is about. */
enum instance_step {
	STEP_LASTING, /* endpoint, notification, memory */
	STEP_PROGRAM, /* it is in the archive, and fits */
	STEP_PROCESS, /* process, thread, reply object */
	STEP_FIXED,   /* capabilities 1 to 6 */
	STEP_USES,    /* capabilities of the system blob */
	STEP_MEMORY,  /* program, stack, information page in its space */
	STEP_JUDGED,  /* the policy on its program's digest */
	STEP_RUN
};

struct instance {
	/* for ever */
	uint32_t endpoint;
	uint32_t notification;
	uint32_t account;
	uint32_t own;
	/* of the incarnation */
	uint32_t process;
	uint32_t thread;
	uint32_t incarnation;
	uint8_t state; /* enum instance_state */
	/* of a program that was started for somebody, who shall hear of its end */
	bool is_news;    /* it ended, and nobody was told that there is something to hear */
	uint16_t parent; /* index + 1; 0: nobody, or it was told */
	uint32_t parent_incarnation;
	uint32_t end_value;
	uint8_t end; /* enum supervisor_end */
	/* of the last start */
	uint8_t step;   /* enum instance_step */
	bool is_closed; /* its endpoint is: nobody waits for what does not run */
	bool is_held;   /* only a wish starts it: it was stopped by one, or is of a template */
	uint32_t status;
	/* for supervise.c */
	struct restart_row row;
	uint64_t started_ns;
	uint64_t restart_ns; /* when waiting */
};

/* All that init has to give, and to whom it gave it. */
struct estate {
	struct layout layout;
	struct span archive;
	uint32_t policy_frame; /* policy, then the system blob; 0: nobody may read them */
	uint32_t policy_bytes;
	uint32_t system_offset;
	struct instance *instances; /* as layout.instances */
	struct restart_row group_rows[GROUPS_MAX];
	bool is_safe; /* only one group is left running */
	uint16_t
		listener; /* index + 1 of who hears that a program ended; 0: nobody asked for one */
	uint32_t words_bytes; /* for the instance that is about to start; 0: it gets none */
	char words[WORDS_BYTES_MAX];
};

/* Makes what lasts. Returns an E_ status; on failure the instance is absent. */
uint32_t instance_make(struct estate *estate, uint32_t index);

/*
 * Makes and starts an incarnation. Requires that none exists. Returns an E_ status: E_DENIED at
 * STEP_JUDGED when the policy does not know the program. On failure all of it is undone, and step
 * and status say where it ended.
 */
uint32_t instance_start(struct estate *estate, uint32_t index);

/* Whether estate->words find room behind the instance's attributes. */
bool instance_has_room(const struct estate *estate, uint32_t index);

/* Ends the incarnation: its threads, its calls, its memory. */
void instance_end(struct instance *instance);

#endif
