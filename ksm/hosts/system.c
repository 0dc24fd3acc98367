/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reads a system blob into tables of fixed size. */
#include "ksm/hosts/system.h"

#include <string.h>

#include "abi/system.h"
#include "ksm/format.h"

static struct system_member members[SYSTEM_INSTANCES_MAX];
static uint32_t member_count;
static struct system_line lines[SYSTEM_CAPABILITIES_MAX];
static uint32_t line_count;

#define U32(type, at, field) format_u32((at) + offsetof(struct type, field))
#define U16(type, at, field) (uint16_t) format_u16((at) + offsetof(struct type, field))

/* Whether `count` elements at `offset`, a multiple of 4, lie in the blob. */
static bool
table_fits(uint32_t offset, uint32_t count, size_t element_bytes, size_t length_bytes)
{
	return offset % 4 == 0 && offset <= length_bytes &&
	       count <= (length_bytes - offset) / element_bytes;
}

static const char *
lines_read(const uint8_t *at, uint32_t count, uint32_t targets)
{
	if (count > SYSTEM_CAPABILITIES_MAX) {
		return "it has more capabilities than this broker can hold";
	}
	for (uint32_t i = 0; i < count; i++, at += sizeof(struct system_capability)) {
		struct system_line *line = &lines[i];

		line->kind = at[offsetof(struct system_capability, kind)];
		line->target = U16(system_capability, at, target);
		line->label = U16(system_capability, at, label);
		line->interface = U16(system_capability, at, interface);
		line->badge = U32(system_capability, at, badge);
		if ((line->kind == SYSTEM_CLIENT || line->kind == SYSTEM_SIGNAL) &&
			line->target >= targets && line->target != SYSTEM_TARGET_INIT) {
			return "a capability leads to an instance that is not there";
		}
	}
	line_count = count;
	return NULL;
}

static const char *
members_read(const uint8_t *blob, const uint8_t *at, uint32_t count)
{
	const char *strings = (const char *)blob + U32(system_header, blob, strings);
	uint32_t strings_bytes = U32(system_header, blob, strings_bytes);

	if (count > SYSTEM_INSTANCES_MAX) {
		return "it has more instances than this broker can hold";
	}
	for (uint32_t i = 0; i < count; i++, at += sizeof(struct system_instance)) {
		struct system_member *member = &members[i];
		uint32_t name = U32(system_instance, at, name);
		uint32_t attributes = U32(system_instance, at, attributes);

		member->label = U16(system_instance, at, label);
		member->number = U16(system_instance, at, instance);
		member->priority = at[offsetof(struct system_instance, priority)];
		member->first_capability = U32(system_instance, at, first_capability);
		member->capability_count = U32(system_instance, at, capability_count);
		if (name >= strings_bytes || attributes >= strings_bytes ||
			member->first_capability > line_count ||
			member->capability_count > line_count - member->first_capability) {
			return "an instance points outside of the file";
		}
		member->name = strings + name;
		member->attributes = strings + attributes;
		member->resource_label = U16(system_instance, at, resource_label);
	}
	member_count = count;
	return NULL;
}

const char *
system_open(const uint8_t *blob, size_t length_bytes, const uint8_t abi_digest[32])
{
	const char *error;

	if (length_bytes < sizeof(struct system_header) ||
		U32(system_header, blob, magic) != SYSTEM_MAGIC ||
		U32(system_header, blob, version) != SYSTEM_VERSION ||
		U32(system_header, blob, length_bytes) != length_bytes) {
		return "it is no system blob of this version";
	}
	if (memcmp(blob + offsetof(struct system_header, abi_digest), abi_digest, 32) != 0) {
		return "it was built for other interfaces than the policy";
	}
	uint32_t instances = U32(system_header, blob, instances);
	uint32_t instance_count = U32(system_header, blob, instance_count);
	uint32_t capabilities = U32(system_header, blob, capabilities);
	uint32_t capability_count = U32(system_header, blob, capability_count);
	uint32_t strings = U32(system_header, blob, strings);
	uint32_t strings_bytes = U32(system_header, blob, strings_bytes);
	if (!table_fits(instances, instance_count, sizeof(struct system_instance), length_bytes) ||
		!table_fits(capabilities, capability_count, sizeof(struct system_capability),
			length_bytes) ||
		strings > length_bytes || strings_bytes > length_bytes - strings ||
		strings_bytes == 0 || blob[strings + strings_bytes - 1] != 0) {
		return "a table does not lie in the file";
	}
	error = lines_read(blob + capabilities, capability_count, instance_count);
	return error != NULL ? error : members_read(blob, blob + instances, instance_count);
}

uint32_t
system_members(void)
{
	return member_count;
}

const struct system_member *
system_member(uint32_t index)
{
	return &members[index];
}

const struct system_member *
system_named(const char *name)
{
	for (uint32_t i = 0; i < member_count; i++) {
		if (strcmp(members[i].name, name) == 0) {
			return &members[i];
		}
	}
	return NULL;
}

uint32_t
system_lines(void)
{
	return line_count;
}

const struct system_line *
system_line(uint32_t index)
{
	return &lines[index];
}
