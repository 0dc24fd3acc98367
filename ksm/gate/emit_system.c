/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_system.c: instances in start order, their slots, and the texts of both. */
#include "emit_system.h"

#include <inttypes.h>
#include <string.h>

#include "abi/abi.h"
#include "abi/process.h"
#include "abi/system.h"
#include "slots.h"
#include "vector.h"
#include "wire.h"

#define SLOTS_MAX         4096u
#define MEMORY_MOST_BYTES UINT32_C(0x40000000)

struct text {
	const char *text;
	uint32_t offset;
};

struct system {
	const struct l1 *l1;
	const struct board *machine;
	struct arena *arena;
	struct buffer instances;
	struct buffer capabilities;
	struct buffer restarts;
	struct buffer groups;
	struct buffer members;
	uint32_t member_count;
	uint32_t capability_count;
	struct buffer strings;
	struct vector texts; /* of struct text: those in strings */
	struct system_result result;
};

static uint32_t
text_offset(struct system *system, const char *text)
{
	const struct text *texts = system->texts.elements;
	struct text *new;

	for (uint32_t i = 0; i < system->texts.count; i++) {
		if (strcmp(texts[i].text, text) == 0) {
			return texts[i].offset;
		}
	}
	new = vector_push(&system->texts, system->arena, sizeof(*new));
	*new = (struct text){text, (uint32_t)system->strings.size};
	buffer_add(&system->strings, text, strlen(text) + 1);
	return new->offset;
}

static const char *
interface_name(const struct l1 *l1, uint16_t id)
{
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		if (l1->interfaces[i].id == id) {
			return l1->interfaces[i].name;
		}
	}
	return "";
}

static void
fail(struct system *system, const struct l1_instance *instance, const char *sentence)
{
	if (system->result.sentence == NULL) {
		system->result.sentence = sentence;
		system->result.instance = instance;
	}
}

/* What it holds a capability of, so that a program need not be compiled for this system:
 *     uses.NAME=HANDLE INTERFACE
 */
static void
uses_put(struct system *system, const struct l1_instance *instance, struct buffer *lines)
{
	struct slots slots = slots_of(system->l1, system->machine, instance, system->arena);

	for (uint32_t i = 0; i < slots.count; i++) {
		const struct slot *slot = &slots.list[i];

		if (slot->kind == SYSTEM_CLIENT) {
			buffer_text(
				lines, arena_format(system->arena, "uses.%s=%" PRIu32 " %s\n",
					       slot->name, HANDLE_INITIAL(HANDLE_FIRST_INDEX + i),
					       interface_name(system->l1, slot->interface)));
		}
	}
}

/* Which label what is under a path has, the longest first (libc-glue, resource_of_path):
 *     labels.NN=INDEX PATH
 */
static void
paths_put(struct system *system, const struct l1_class *class, struct buffer *lines)
{
	for (uint32_t i = 0; i < class->path_count; i++) {
		buffer_text(lines, arena_format(system->arena, "labels.%02u=%u %s\n", i,
					   class->paths[i].resource, class->paths[i].path));
	}
}

static uint32_t
attributes_offset(struct system *system, const struct l1_instance *instance)
{
	struct buffer lines;
	size_t room = sizeof(((struct process_info *)NULL)->attributes);

	buffer_init(&lines, system->arena);
	for (uint32_t i = 0; i < instance->attribute_count; i++) {
		const struct l1_attribute *attribute = &instance->attributes[i];

		if (strchr(attribute->value, '\n') != NULL) {
			fail(system, instance,
				arena_format(system->arena,
					"attribute `%s` of `%s` has more than one line",
					attribute->name, instance->name));
		}
		buffer_text(&lines, attribute->name);
		buffer_text(&lines, "=");
		buffer_text(&lines, attribute->value);
		buffer_text(&lines, "\n");
	}
	uses_put(system, instance, &lines);
	paths_put(system, instance->class, &lines);
	if (lines.size >= room) {
		fail(system, instance,
			arena_format(system->arena,
				"the attributes of `%s` take %zu bytes of at most %zu",
				instance->name, lines.size, room - 1));
	}
	return text_offset(system, lines.size == 0 ? "" : lines.bytes);
}

/* Instances of the blob are without init, so their index is their number less one. */
static uint16_t
slot_target(const struct slot *slot)
{
	bool is_instance = slot->kind == SYSTEM_CLIENT || slot->kind == SYSTEM_SIGNAL;

	/* init, number 0, becomes SYSTEM_TARGET_INIT. */
	return is_instance ? (uint16_t)(slot->target - 1) : slot->target;
}

static uint32_t
capabilities_put(struct system *system, const struct l1_instance *instance)
{
	struct slots slots = slots_of(system->l1, system->machine, instance, system->arena);
	struct buffer *out = &system->capabilities;

	if (slots.sentence != NULL) {
		fail(system, instance, slots.sentence);
	}
	for (uint32_t i = 0; i < slots.count; i++) {
		const struct slot *slot = &slots.list[i];

		wire_u8(out, slot->kind);
		wire_u8(out, slot->rights);
		wire_u16(out, slot_target(slot));
		wire_u16(out, slot->label);
		wire_u16(out, slot->interface);
		wire_u32(out, slot->badge);
	}
	return slots.count;
}

static bool
memory_check(struct system *system, const struct l1_instance *instance,
	const struct system_memory *memory)
{
	if (instance->memory_bytes > MEMORY_MOST_BYTES || memory->own_bytes > MEMORY_MOST_BYTES) {
		fail(system, instance,
			arena_format(system->arena, "`%s` needs more than 1 GiB of memory",
				instance->name));
	} else if (memory->slots > SLOTS_MAX) {
		fail(system, instance,
			arena_format(system->arena,
				"`%s` needs a table of %u slots; the most is %u", instance->name,
				memory->slots, SLOTS_MAX));
	}
	return system->result.sentence == NULL;
}

/* sema has seen to it that nothing is lost: whole ones, of at most 60 s. */
static uint32_t
microseconds(uint64_t ns)
{
	return (uint32_t)(ns / 1000);
}

static void
restart_put(struct buffer *out, const struct l1_restart *restart)
{
	wire_u8(out, restart->mode);
	wire_u8(out, restart->limit);
	wire_u8(out, restart->step);
	wire_u8(out, 0);
	wire_u16(out, restart->group);
	wire_u16(out, 0);
	wire_u32(out, restart->after_ms);
	wire_u32(out, restart->after_most_ms);
	wire_u32(out, restart->period_ms);
}

static void
group_put(struct system *system, const struct l1_group *group)
{
	wire_u32(&system->groups, text_offset(system, group->name));
	wire_u16(&system->groups, (uint16_t)system->member_count);
	wire_u16(&system->groups, (uint16_t)group->member_count);
	restart_put(&system->groups, &group->restart);
	for (uint32_t i = 0; i < group->member_count; i++) {
		wire_u16(&system->members, (uint16_t)(group->members[i] - 1));
	}
	system->member_count += group->member_count;
}

static void
instance_put(struct system *system, const struct l1_instance *instance,
	const struct system_program *program)
{
	const struct l1_class *class = instance->class;
	struct system_memory memory =
		system_memory_of(system->l1, system->machine, instance, program);
	struct buffer *out = &system->instances;
	uint32_t count;

	if (!memory_check(system, instance, &memory)) {
		return;
	}
	wire_u32(out, text_offset(system, instance->name));
	wire_u32(out, text_offset(system, class->name));
	wire_u32(out, text_offset(system, class->program));
	wire_u32(out, attributes_offset(system, instance));
	wire_u16(out, instance->label);
	wire_u16(out, instance->number);
	wire_u8(out, instance->priority);
	wire_u8(out, class->is_timeless);
	wire_u16(out, (uint16_t)memory.slots);
	wire_u32(out, memory.account_bytes);
	wire_u32(out, memory.own_bytes);
	wire_u32(out, memory.stack_bytes);
	wire_u32(out, system->capability_count);
	count = capabilities_put(system, instance);
	wire_u32(out, count);
	wire_u32(out, microseconds(instance->budget.amount_ns));
	wire_u32(out, microseconds(instance->budget.period_ns));
	wire_u32(out, microseconds(class->reserve_ns));
	wire_u16(out, instance->template);
	wire_u16(out, instance->resource_label);
	system->capability_count += count;
	restart_put(&system->restarts, &instance->restart);
	system->result.memory_bytes += memory.own_bytes + memory.account_bytes;
}

static void
header_put(const struct system *system, struct buffer *out)
{
	uint32_t instances = sizeof(struct system_header);
	uint32_t capabilities = instances + (uint32_t)system->instances.size;
	uint32_t restarts = capabilities + (uint32_t)system->capabilities.size;
	uint32_t groups = restarts + (uint32_t)system->restarts.size;
	uint32_t strings = groups + (uint32_t)(system->groups.size + system->members.size);

	wire_u32(out, SYSTEM_MAGIC);
	wire_u32(out, SYSTEM_VERSION);
	wire_u32(out, strings + (uint32_t)system->strings.size);
	wire_u32(out, (uint32_t)(system->instances.size / sizeof(struct system_instance)));
	wire_u32(out, instances);
	wire_u32(out, system->capability_count);
	wire_u32(out, capabilities);
	wire_u32(out, strings);
	wire_u32(out, (uint32_t)system->strings.size);
	wire_u32(out, restarts);
	wire_u32(out, (uint32_t)(system->groups.size / sizeof(struct system_group)));
	wire_u32(out, groups);
	buffer_add(out, (const char *)system->l1->abi_digest, sizeof(system->l1->abi_digest));
}

static void
buffers_add(struct buffer *out, const struct system *system)
{
	const struct buffer *parts[] = {&system->instances, &system->capabilities,
		&system->restarts, &system->groups, &system->members, &system->strings};

	for (uint32_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i]->size > 0) {
			buffer_add(out, parts[i]->bytes, parts[i]->size);
		}
	}
}

struct system_result
emit_system(const struct l1 *l1, const struct board *machine, const struct system_program *programs,
	struct buffer *out)
{
	struct system system = {.l1 = l1, .machine = machine, .arena = out->arena};

	buffer_init(&system.instances, out->arena);
	buffer_init(&system.capabilities, out->arena);
	buffer_init(&system.restarts, out->arena);
	buffer_init(&system.groups, out->arena);
	buffer_init(&system.members, out->arena);
	buffer_init(&system.strings, out->arena);
	(void)text_offset(&system, "");
	for (uint32_t i = 1; i < l1->instance_count; i++) {
		instance_put(&system, &l1->instances[i], &programs[i]);
	}
	for (uint32_t i = 0; i < l1->group_count; i++) {
		group_put(&system, &l1->groups[i]);
	}
	if (system.result.sentence != NULL) {
		return system.result;
	}
	wire_align(&system.members, 4);
	/* A multiple of 8, all of it counted: the end is zero like what ends a text. */
	wire_align(&system.strings, 8);
	header_put(&system, out);
	buffers_add(out, &system);
	return system.result;
}
