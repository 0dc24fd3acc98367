/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* digest.c: SHA-256 of interfaces as both sides of a message see them. */
#include "digest.h"

#include <inttypes.h>
#include <stdio.h>

#include "abi/abi.h"
#include "arena.h"
#include "buffer.h"
#include "l1.h"
#include "tools/host/sha256.h"

static void
line_add(struct buffer *b, const char *text)
{
	buffer_text(b, text);
	buffer_text(b, "\n");
}

static void
message_add(struct buffer *b, const char *word, const struct l1_message *message)
{
	line_add(b, arena_format(b->arena, "%s %u %u %u", word, message->fixed_bytes,
			    message->low_bytes, message->high_bytes));
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *f = &message->fields[i];

		line_add(b, arena_format(b->arena,
				    "field %s %d %d %u %u %d %d %d %" PRId64 " %" PRId64 " %s",
				    f->name, f->kind, f->carries, f->offset_bytes, f->width_bytes,
				    f->is_signed, f->is_secret, f->is_text + f->is_path, f->low,
				    f->high, f->type_name == NULL ? "-" : f->type_name));
		if (f->guard != NULL) {
			line_add(b, arena_format(b->arena, "guard %u %" PRId64,
					    f->guard->offset_bytes, f->guard_value));
		}
		if (f->has_default) {
			line_add(b, arena_format(b->arena, "default %" PRId64, f->absent));
		}
		for (uint32_t n = 0; n < f->name_count; n++) {
			line_add(b, arena_format(b->arena, "value %s %" PRId64, f->names[n].name,
					    f->names[n].value));
		}
	}
}

void
digest_interface(struct l1_interface *interface)
{
	struct arena scratch;
	struct buffer b;

	arena_init(&scratch);
	buffer_init(&b, &scratch);
	line_add(&b, arena_format(&scratch, "interface %s", interface->name));
	for (uint32_t i = 0; i < interface->method_count; i++) {
		const struct l1_method *m = &interface->methods[i];

		if (m->is_reserved) {
			line_add(&b, arena_format(&scratch, "reserved %u", m->number));
			continue;
		}
		line_add(&b, arena_format(&scratch, "method %u %s %d %d %d", m->number, m->name,
				     m->is_oneway, m->is_idempotent, m->is_ask));
		message_add(&b, "call", &m->call);
		message_add(&b, "reply", &m->reply);
		if (m->error.field_count != 0) {
			message_add(&b, "error", &m->error);
		}
		for (uint32_t e = 0; e < m->error_count; e++) {
			line_add(&b, arena_format(&scratch, "error %s", m->errors[e]));
		}
	}
	sha256(b.bytes, b.size, interface->digest);
	arena_release(&scratch);
}

void
digest_all(struct l1 *l1)
{
	struct arena scratch;
	struct buffer all;
	struct buffer core;

	arena_init(&scratch);
	buffer_init(&all, &scratch);
	buffer_init(&core, &scratch);
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		const struct l1_interface *interface = &l1->interfaces[i];
		uint8_t id[2] = {(uint8_t)(interface->id & 0xff), (uint8_t)(interface->id >> 8)};

		buffer_add(&all, (const char *)id, sizeof id);
		buffer_add(&all, (const char *)interface->digest, sizeof interface->digest);
		if (interface->id < INTERFACE_USER) {
			buffer_add(&core, (const char *)id, sizeof id);
			buffer_add(
				&core, (const char *)interface->digest, sizeof interface->digest);
		}
	}
	sha256(all.bytes, all.size, l1->abi_digest);
	sha256(core.bytes, core.size, l1->core_digest);
	arena_release(&scratch);
}

static void
instance_add(struct buffer *b, const struct l1 *l1, const struct l1_instance *instance)
{
	struct arena *a = b->arena;

	line_add(b, arena_format(a, "instance %u %u %u %s %s", instance->number, instance->label,
			    instance->template, instance->name, instance->class->name));
	for (uint32_t i = 0; i < instance->wire_count; i++) {
		const struct l1_wire *wire = &instance->wires[i];

		line_add(b, arena_format(a, "wire %s %s %s", instance->class->uses[wire->use].name,
				    l1->instances[wire->target].name,
				    l1->instances[wire->target].class->gives[wire->gives].name));
	}
	for (uint32_t i = 0; i < instance->class->path_count; i++) {
		line_add(b, arena_format(a, "path %u %s", instance->class->paths[i].resource,
				    instance->class->paths[i].path));
	}
	for (uint32_t i = 0; i < instance->signal_count; i++) {
		line_add(b, arena_format(a, "signal %s %s",
				    instance->class->uses[instance->signal_uses[i]].name,
				    l1->instances[instance->signals[i]].name));
	}
}

void
digest_system(struct l1 *l1)
{
	struct arena scratch;
	struct buffer b;

	arena_init(&scratch);
	buffer_init(&b, &scratch);
	for (uint32_t i = 0; i < l1->label_count; i++) {
		line_add(&b, arena_format(&scratch, "label %u %d %s", i, l1->labels[i].kind,
				     l1->labels[i].name));
	}
	for (uint32_t i = 0; i < l1->instance_count; i++) {
		if (l1->instances[i].class != NULL) {
			instance_add(&b, l1, &l1->instances[i]);
		}
	}
	sha256(b.bytes, b.size, l1->system_digest);
	arena_release(&scratch);
}

int64_t
digest_word(const uint8_t *digest, uint32_t n)
{
	uint64_t word = 0;

	for (uint32_t i = 0; i < 8; i++) {
		word |= (uint64_t)digest[n * 8 + i] << (8 * i);
	}
	return (int64_t)word;
}
