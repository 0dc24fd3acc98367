/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* l1_part.h: what classes, instances and groups of L1 are made of. */
#ifndef GATE_L1_PART_H
#define GATE_L1_PART_H

#include <stdbool.h>
#include <stdint.h>

struct l1_endpoint {
	const char *name;
	uint16_t interface; /* id */
};

struct l1_device {
	const char *name;
	uint16_t index; /* among board.devices; for policy, audit, power: 0 */
	uint16_t label; /* of what it holds there: one label per board device, or of the
			   pseudo-device */
	bool is_board;  /* a board device: a frame, then an irq if it has one */
};

/* CPU time in each period; 0 per 0: as much as there is. */
struct l1_budget {
	uint64_t amount_ns;
	uint64_t period_ns;
};

/* A kind of resource: the class makes capabilities of its endpoint that have a label of their own.
 */
struct l1_resource {
	const char *name;
	uint16_t gives;    /* index into class->gives */
	uint32_t capacity; /* badges are below it */
};

/* What is opened under the path has the label. */
struct l1_path {
	const char *path;
	uint16_t resource; /* index into class->resources */
};

struct l1_attribute {
	const char *name;
	const char *value; /* as text for the program */
};

/* As struct system_restart of abi/system.h has it. */
struct l1_restart {
	uint8_t mode;
	uint8_t limit;
	uint8_t step;
	uint16_t group; /* index of l1.groups */
	uint32_t after_ms;
	uint32_t after_most_ms;
	uint32_t period_ms;
};

/* A group that restarts together, or that stays in safe mode. */
struct l1_group {
	const char *name;
	uint16_t *members; /* numbers of instances, rising */
	uint32_t member_count;
	struct l1_restart restart;
};

#endif
