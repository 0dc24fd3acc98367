/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * stubs_process.c: constants that a program starts with. They hold for every instance of the class;
 * if instances differ, there is no header.
 */
#include "stubs_process.h"

#include <string.h>

#include "abi/abi.h"
#include "abi/system.h"
#include "c_text.h"
#include "slots.h"
#include "vector.h"

static const struct l1_interface *
interface_find(const struct l1 *l1, uint16_t id)
{
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		if (l1->interfaces[i].id == id) {
			return &l1->interfaces[i];
		}
	}
	return NULL;
}

/* Name of the other side of a signal: its class, and its instance too if the class is there twice.
 */
static const char *
peer_name(struct buffer *b, const struct l1 *l1, const uint16_t *peers, uint32_t count, uint32_t at)
{
	const struct l1_instance *peer = &l1->instances[peers[at]];
	const char *name = c_upper(b, peer->class->name);

	for (uint32_t i = 0; i < count; i++) {
		if (i != at && l1->instances[peers[i]].class == peer->class) {
			return arena_format(b->arena, "%s_%s", name, c_upper(b, peer->name));
		}
	}
	return name;
}

static const char *
slot_suffix(const struct slot *slot)
{
	switch (slot->kind) {
	case SYSTEM_FRAME:
		return "_REGISTERS";
	case SYSTEM_IRQ:
		return "_IRQ";
	default:
		return "";
	}
}

static void
slots_write(struct buffer *b, const struct slots *slots, const char *prefix)
{
	if (slots->count > 0) {
		buffer_text(b,
			"/* Handles of what it uses; one that is not wired is no capability. */\n");
	}
	for (uint32_t i = 0; i < slots->count; i++) {
		const struct slot *slot = &slots->list[i];

		c_text(b, "#define %s_%s%s HANDLE_INITIAL(%u)\n", prefix, c_upper(b, slot->name),
			slot_suffix(slot), HANDLE_FIRST_INDEX + i);
	}
	if (slots->count > 0) {
		buffer_text(b, "\n");
	}
}

/* Bits of its notification, by who sets them. */
static void
signallers_write(struct buffer *b, const struct l1 *l1, const struct l1_instance *instance,
	const char *prefix)
{
	uint16_t *peers = arena_array(b->arena, l1->instance_count, sizeof(*peers));
	uint32_t count = 0;

	for (uint32_t i = 0; i < l1->instance_count; i++) {
		if (slots_signal_bit(l1, (uint16_t)i, instance->number) != 0) {
			peers[count++] = (uint16_t)i;
		}
	}
	if (count > 0) {
		buffer_text(b, "/* Bits of its notification, by who sets them. Bits 0 to 7 are its "
			       "own. */\n");
	}
	for (uint32_t i = 0; i < count; i++) {
		c_text(b, "#define %s_SIGNALLED_BY_%s UINT32_C(0x%x)\n", prefix,
			peer_name(b, l1, peers, count, i),
			slots_signal_bit(l1, peers[i], instance->number));
	}
	if (count > 0) {
		buffer_text(b, "\n");
	}
}

static void
serve_write(struct buffer *b, const struct l1 *l1, const struct l1_class *class)
{
	const char *name = c_lower(b, class->name);

	c_text(b, "/* What it gives, as the badge says it. */\n");
	for (uint32_t i = 0; i < class->gives_count; i++) {
		c_text(b, "#define %s_GIVES_%s %uu\n", c_upper(b, class->name),
			c_upper(b, class->gives[i].name), i);
	}
	c_text(b,
		"\n/* Serves the request in message and puts the answer there. Returns false if "
		"the answer\n"
		" * comes later. */\n"
		"static inline bool\n"
		"%s_serve(const struct caller *caller, struct message *message",
		name);
	for (uint32_t i = 0; i < class->gives_count; i++) {
		const struct l1_interface *interface =
			interface_find(l1, class->gives[i].interface);

		c_text(b, ",\n\tconst struct %s_server *%s_server",
			c_lower(b, interface->short_name), class->gives[i].name);
	}
	buffer_text(b, ")\n{\n\tswitch (caller->badge >> BADGE_GIVES_SHIFT) {\n");
	for (uint32_t i = 0; i < class->gives_count; i++) {
		const struct l1_interface *interface =
			interface_find(l1, class->gives[i].interface);

		c_text(b,
			"\tcase %s_GIVES_%s:\n\t\treturn %s_dispatch(%s_server, caller, "
			"message);\n",
			c_upper(b, class->name), c_upper(b, class->gives[i].name),
			c_lower(b, interface->short_name), class->gives[i].name);
	}
	buffer_text(b, "\tdefault:\n"
		       "\t\tgate_answer_error(message, E_CALL);\n"
		       "\t\treturn true;\n"
		       "\t}\n"
		       "}\n\n");
}

static void
include_write(struct buffer *b, const struct l1 *l1, uint16_t id, struct vector *seen)
{
	const struct l1_interface *interface = interface_find(l1, id);
	const uint16_t *ids = seen->elements;

	if (id < INTERFACE_USER) {
		return; /* a signal has no stubs */
	}
	for (uint32_t i = 0; i < seen->count; i++) {
		if (ids[i] == id) {
			return;
		}
	}
	*(uint16_t *)vector_push(seen, b->arena, sizeof(id)) = id;
	c_text(b, "#include \"%s.h\"\n", c_lower(b, interface->short_name));
}

static void
includes_write(struct buffer *b, const struct l1 *l1, const struct l1_class *class)
{
	struct vector seen = {0};

	buffer_text(b, "#include \"gate_wire.h\"\n");
	if (class->resource_count > 0) {
		buffer_text(b, "#include \"gatehouse/resource.h\"\n");
	}
	for (uint32_t i = 0; i < class->gives_count; i++) {
		include_write(b, l1, class->gives[i].interface, &seen);
	}
	for (uint32_t i = 0; i < class->uses_count; i++) {
		include_write(b, l1, class->uses[i].interface, &seen);
	}
	buffer_text(b, "\n");
}

/* Kinds of resources; the policy judges by their labels. */
static void
resources_write(struct buffer *b, const struct l1_class *class)
{
	if (class->resource_count > 0) {
		buffer_text(b,
			"/* Resources that it makes capabilities of (gatehouse/resource.h). */\n");
	}
	for (uint32_t i = 0; i < class->resource_count; i++) {
		const struct l1_resource *resource = &class->resources[i];

		c_text(b, "#define %s_%s ((struct resource){%u, %u, %u, %u})\n",
			c_upper(b, class->name), c_upper(b, resource->name), i,
			class->gives[resource->gives].interface, resource->gives,
			resource->capacity);
	}
	if (class->resource_count > 0) {
		buffer_text(b, "\n");
	}
}

/* The part that must be the same for all instances. */
static const char *
constants_write(struct buffer *b, const struct l1 *l1, const struct board *machine,
	const struct l1_instance *instance)
{
	const char *prefix = c_upper(b, instance->class->name);
	struct slots slots = slots_of(l1, machine, instance, b->arena);

	slots_write(b, &slots, prefix);
	signallers_write(b, l1, instance, prefix);
	return slots.sentence;
}

const char *
stubs_process(struct buffer *b, const struct l1 *l1, const struct board *machine,
	const struct l1_class *class)
{
	const char *name = c_lower(b, class->name);
	const struct l1_instance *first = NULL;
	struct buffer constants;

	for (uint32_t i = 0; i < l1->instance_count; i++) {
		const struct l1_instance *instance = &l1->instances[i];
		struct buffer own;
		const char *sentence;

		if (instance->class != class) {
			continue;
		}
		buffer_init(&own, b->arena);
		buffer_text(&own, "");
		sentence = constants_write(&own, l1, machine, instance);
		if (sentence != NULL) {
			return sentence;
		}
		if (first != NULL && strcmp(own.bytes, constants.bytes) != 0) {
			return arena_format(b->arena,
				"`%s` and `%s` have different signals, so their class has no one "
				"header",
				first->name, instance->name);
		}
		first = instance;
		constants = own;
	}
	c_header_start(b, arena_format(b->arena, "GEN_PROCESS_%s_H", c_upper(b, name)),
		arena_format(b->arena, "Process %s: its slots from the first on.", class->name));
	includes_write(b, l1, class);
	if (first != NULL) {
		buffer_text(b, constants.bytes);
	}
	resources_write(b, class);
	if (class->gives_count > 0) {
		serve_write(b, l1, class);
	}
	c_header_end(b);
	return NULL;
}
