/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The system blob as init reads it: bounds checked once, then plain access. */
#ifndef INIT_LAYOUT_H
#define INIT_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

struct span;
struct system_capability;
struct system_group;
struct system_instance;
struct system_restart;

#define INSTANCES_MAX 320u
#define GROUPS_MAX    32u

struct layout {
	const struct system_instance *instances; /* in start order; the n-th is instance n + 1 */
	const struct system_capability *capabilities;
	const struct system_restart *restarts; /* one for each instance */
	const struct system_group *groups;
	const uint16_t *members; /* of all groups */
	const char *strings;
	uint32_t instance_count;
	uint32_t capability_count;
	uint32_t group_count;
};

/* Checks every offset, count, index and size of the blob. device_count: of the board. Returns
 * false, and nothing else of the layout may be used, when one is wrong. */
bool layout_open(const struct span *blob, uint32_t device_count, struct layout *layout);

/* A string of an accepted blob. */
static inline const char *
layout_string(const struct layout *layout, uint32_t offset)
{
	return layout->strings + offset;
}

#endif
