/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The system blob as init reads it: bounds checked once, then plain access. */
#include "layout.h"

#include "abi/abi.h"
#include "abi/system.h"
#include "bundle.h"

#define FRAMES_OF_PROGRAM 4u /* text, data, stack, information page: slots behind what it uses */
#define PRIORITY_MAX      31u
#define SLOTS_MOST        4096u
#define SIZE_MOST         UINT32_C(0x40000000)

static bool
strings_are_good(const struct system_header *header, const uint8_t *blob)
{
	return header->strings_bytes != 0 &&
	       span_contains(header->length_bytes, header->strings, header->strings_bytes) &&
	       blob[header->strings + header->strings_bytes - 1] == '\0';
}

static bool
header_is_good(const struct system_header *header, const struct span *blob)
{
	if (blob->length_bytes < sizeof(*header) || header->magic != SYSTEM_MAGIC ||
		header->version != SYSTEM_VERSION || header->length_bytes != blob->length_bytes) {
		return false;
	}
	if (header->instance_count > INSTANCES_MAX || header->group_count > GROUPS_MAX) {
		return false;
	}
	if (((header->instances | header->capabilities | header->restarts | header->groups) & 3) !=
		0) {
		return false;
	}
	return span_contains(header->length_bytes, header->instances,
		       (uint64_t)header->instance_count * sizeof(struct system_instance)) &&
	       span_contains(header->length_bytes, header->capabilities,
		       (uint64_t)header->capability_count * sizeof(struct system_capability)) &&
	       span_contains(header->length_bytes, header->restarts,
		       (uint64_t)header->instance_count * sizeof(struct system_restart)) &&
	       span_contains(header->length_bytes, header->groups,
		       (uint64_t)header->group_count * sizeof(struct system_group)) &&
	       strings_are_good(header, blob->bytes);
}

static bool
is_size(uint32_t bytes)
{
	return bytes != 0 && bytes % PAGE_BYTES == 0 && bytes <= SIZE_MOST;
}

static bool
is_table(const struct system_instance *instance)
{
	uint32_t slots = instance->slots;
	uint64_t needed =
		(uint64_t)HANDLE_FIRST_INDEX + instance->capability_count + FRAMES_OF_PROGRAM;

	return slots <= SLOTS_MOST && (slots & (slots - 1)) == 0 && slots > needed;
}

static bool
instance_is_good(
	const struct system_header *header, const struct system_instance *instance, uint32_t index)
{
	if (instance->name >= header->strings_bytes ||
		instance->class_name >= header->strings_bytes ||
		instance->program >= header->strings_bytes ||
		instance->attributes >= header->strings_bytes) {
		return false;
	}
	if (instance->label < LABEL_FIRST || instance->instance != index + 1 ||
		instance->priority > PRIORITY_MAX || instance->is_timeless > 1) {
		return false;
	}
	if (instance->budget_us != 0 ? instance->budget_us >= instance->period_us
				     : instance->period_us != 0) {
		return false;
	}
	if (!is_size(instance->account_bytes) || !is_size(instance->own_bytes) ||
		!is_size(instance->stack_bytes) || instance->template > header->instance_count) {
		return false;
	}
	return instance->first_capability <= header->capability_count &&
	       instance->capability_count <=
		       header->capability_count - instance->first_capability &&
	       is_table(instance);
}

static bool
capability_is_good(const struct system_header *header, const struct system_capability *capability,
	uint32_t device_count)
{
	switch (capability->kind) {
	case 0:
		return capability->rights == 0;
	case SYSTEM_CLIENT:
		if (capability->target == SYSTEM_TARGET_INIT) {
			return true;
		}
		return capability->target < header->instance_count;
	case SYSTEM_SIGNAL:
		return capability->target < header->instance_count;
	case SYSTEM_FRAME:
	case SYSTEM_IRQ:
		return capability->target < device_count;
	case SYSTEM_POLICY:
	case SYSTEM_AUDIT:
	case SYSTEM_POWER:
	case SYSTEM_TRACE:
	case SYSTEM_SWAP:
		return true;
	default:
		return false;
	}
}

static bool
restart_is_good(const struct system_header *header, const struct system_restart *restart)
{
	if (restart->mode > SYSTEM_RESTART_FAILURE || restart->step > SYSTEM_STEP_RESET ||
		restart->reserved != 0 || restart->reserved_half != 0) {
		return false;
	}
	if (restart->after_ms == 0 || restart->after_ms > restart->after_most_ms ||
		restart->period_ms == 0) {
		return false;
	}
	return restart->step == SYSTEM_STEP_GROUP || restart->step == SYSTEM_STEP_SAFE
		       ? restart->group < header->group_count
		       : restart->group == 0;
}

static bool
group_is_good(
	const struct system_header *header, const struct system_group *group, const uint8_t *blob)
{
	uint64_t list = (uint64_t)header->groups + header->group_count * sizeof(*group);
	uint64_t first = list + group->first_member * sizeof(uint16_t);
	const uint16_t *members = (const uint16_t *)(const void *)(blob + first);

	/* A group that gives up to a group could do so for ever. */
	if (group->name >= header->strings_bytes || group->restart.step == SYSTEM_STEP_GROUP ||
		!restart_is_good(header, &group->restart)) {
		return false;
	}
	if (first > UINT32_MAX || !span_contains(header->length_bytes, (uint32_t)first,
					  group->member_count * sizeof(uint16_t))) {
		return false;
	}
	for (uint32_t i = 0; i < group->member_count; i++) {
		if (members[i] >= header->instance_count) {
			return false;
		}
	}
	return true;
}

static bool
restarts_are_good(
	const struct system_header *header, const struct layout *layout, const uint8_t *blob)
{
	for (uint32_t i = 0; i < header->instance_count; i++) {
		if (!restart_is_good(header, &layout->restarts[i])) {
			return false;
		}
	}
	for (uint32_t i = 0; i < header->group_count; i++) {
		if (!group_is_good(header, &layout->groups[i], blob)) {
			return false;
		}
	}
	return true;
}

bool
layout_open(const struct span *blob, uint32_t device_count, struct layout *layout)
{
	const struct system_header *header =
		(const struct system_header *)(const void *)blob->bytes;

	if (!header_is_good(header, blob)) {
		return false;
	}
	layout->instance_count = header->instance_count;
	layout->capability_count = header->capability_count;
	layout->instances =
		(const struct system_instance *)(const void *)(blob->bytes + header->instances);
	layout->capabilities =
		(const struct system_capability *)(const void *)(blob->bytes +
								 header->capabilities);
	layout->restarts =
		(const struct system_restart *)(const void *)(blob->bytes + header->restarts);
	layout->group_count = header->group_count;
	layout->groups = (const struct system_group *)(const void *)(blob->bytes + header->groups);
	layout->members = (const uint16_t *)(const void *)(layout->groups + layout->group_count);
	layout->strings = (const char *)blob->bytes + header->strings;
	for (uint32_t i = 0; i < layout->instance_count; i++) {
		if (!instance_is_good(header, &layout->instances[i], i)) {
			return false;
		}
	}
	for (uint32_t i = 0; i < layout->capability_count; i++) {
		if (!capability_is_good(header, &layout->capabilities[i], device_count)) {
			return false;
		}
	}
	return restarts_are_good(header, layout, blob->bytes);
}
