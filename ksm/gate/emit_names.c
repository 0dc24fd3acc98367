/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_names.c: tables of texts; equal texts are kept once. */
#include "emit_names.h"

#include <string.h>

#include "index.h"
#include "ksm/engine/ksm.h"
#include "ksm/format_names.h"
#include "vector.h"
#include "wire.h"

/* The kinds are written as L1 numbers them. */
_Static_assert((int)NAMES_LABEL_KERNEL == (int)L1_LABEL_KERNEL, "kind");
_Static_assert((int)NAMES_LABEL_INSTANCE == (int)L1_LABEL_INSTANCE, "kind");
_Static_assert((int)NAMES_LABEL_DEVICE == (int)L1_LABEL_DEVICE, "kind");
_Static_assert((int)NAMES_LABEL_RESOURCE == (int)L1_LABEL_RESOURCE, "kind");
_Static_assert((int)NAMES_FIELD_INTEGER == (int)L1_INTEGER, "kind");
_Static_assert((int)NAMES_FIELD_BOOL == (int)L1_BOOL, "kind");
_Static_assert((int)NAMES_FIELD_ENUM == (int)L1_ENUM, "kind");
_Static_assert((int)NAMES_FIELD_TAIL == (int)L1_TAIL, "kind");

struct text {
	const char *text;
	uint32_t offset;
};

struct tables {
	struct arena *arena;
	struct buffer tables[NAMES_TABLES];
	uint32_t counts[NAMES_TABLES];
	struct vector texts;
	struct index index; /* of texts */
};

static void
text_put(struct tables *tables, struct buffer *out, const char *text)
{
	struct buffer *strings = &tables->tables[NAMES_STRINGS];
	const char *known = text != NULL ? text : "";
	size_t length = strlen(known);
	uint32_t hash = index_hash(0, known, length);
	struct text *texts = tables->texts.elements;
	struct text *new;

	for (uint32_t i = index_first(&tables->index, hash); i != INDEX_NONE;
		i = index_next(&tables->index, i)) {
		if (strcmp(texts[i].text, known) == 0) {
			wire_u32(out, texts[i].offset);
			return;
		}
	}
	new = vector_push(&tables->texts, tables->arena, sizeof(*new));
	*new = (struct text){known, (uint32_t)strings->size};
	index_add(&tables->index, tables->arena, hash);
	buffer_add(strings, known, length + 1);
	wire_u32(out, new->offset);
}

static void
instances_put(struct tables *tables, const struct l1 *l1)
{
	struct buffer *out = &tables->tables[NAMES_INSTANCES];

	for (uint32_t i = 0; i < l1->instance_count; i++) {
		const struct l1_instance *instance = &l1->instances[i];

		text_put(tables, out, instance->name);
		text_put(tables, out, instance->class != NULL ? instance->class->name : NULL);
		wire_u16(out, instance->label);
		wire_align(out, 8);
		tables->counts[NAMES_INSTANCES]++;
	}
}

static void
labels_put(struct tables *tables, const struct l1 *l1)
{
	struct buffer *out = &tables->tables[NAMES_LABELS];

	for (uint32_t i = 0; i < l1->label_count; i++) {
		text_put(tables, out, l1->labels[i].name);
		wire_u16(out, (uint16_t)l1->labels[i].kind);
		wire_u16(out, l1->labels[i].number);
		tables->counts[NAMES_LABELS]++;
	}
}

/* A bucket and a window say when there is room again. */
static bool
shows_time(const struct l1_field *field)
{
	return field->state != NULL &&
	       (field->state->object->kind == L1_BUCKET || field->state->object->kind == L1_WINDOW);
}

static void
field_put(struct tables *tables, enum names_table_id table, const struct l1_field *field)
{
	struct buffer *out = &tables->tables[table];
	struct buffer *values = &tables->tables[NAMES_VALUES];
	uint32_t flags = (field->is_signed ? NAMES_FIELD_SIGNED : 0) |
			 (field->is_secret ? NAMES_FIELD_SECRET : 0) |
			 (field->is_text ? NAMES_FIELD_TEXT : 0) |
			 (shows_time(field) ? NAMES_FIELD_TIME : 0);

	wire_u64(out, (uint64_t)field->low);
	wire_u64(out, (uint64_t)field->high);
	text_put(tables, out, field->name);
	wire_u32(out, tables->counts[NAMES_VALUES]);
	wire_u16(out, (uint16_t)field->name_count);
	wire_u16(out, field->offset_bytes);
	wire_u16(out, field->width_bytes);
	wire_u8(out, (uint8_t)field->kind);
	wire_u8(out, (uint8_t)flags);
	for (uint32_t i = 0; i < field->name_count; i++) {
		wire_u64(values, (uint64_t)field->names[i].value);
		text_put(tables, values, field->names[i].name);
		wire_u32(values, 0);
		tables->counts[NAMES_VALUES]++;
	}
	tables->counts[table]++;
}

static void
method_put(struct tables *tables, const struct l1_method *method)
{
	struct buffer *out = &tables->tables[NAMES_METHODS];
	uint32_t flags = (method->is_reserved ? NAMES_METHOD_RESERVED : 0) |
			 (method->is_oneway ? NAMES_METHOD_ONEWAY : 0) |
			 (method->is_idempotent ? NAMES_METHOD_IDEMPOTENT : 0) |
			 (method->is_ask ? NAMES_METHOD_ASK : 0);

	text_put(tables, out, method->name);
	wire_u32(out, tables->counts[NAMES_FIELDS]);
	wire_u16(out, (uint16_t)method->call.field_count);
	wire_u16(out, (uint16_t)(method->reply.field_count + method->error.field_count));
	wire_u32(out, tables->counts[NAMES_ERRORS]);
	wire_u16(out, (uint16_t)method->error_count);
	wire_u16(out, (uint16_t)flags);
	wire_u16(out, (uint16_t)method->error.field_count);
	wire_u16(out, 0);
	for (uint32_t i = 0; i < method->call.field_count; i++) {
		field_put(tables, NAMES_FIELDS, &method->call.fields[i]);
	}
	for (uint32_t i = 0; i < method->reply.field_count; i++) {
		field_put(tables, NAMES_FIELDS, &method->reply.fields[i]);
	}
	for (uint32_t i = 0; i < method->error.field_count; i++) {
		field_put(tables, NAMES_FIELDS, &method->error.fields[i]);
	}
	for (uint32_t i = 0; i < method->error_count; i++) {
		text_put(tables, &tables->tables[NAMES_ERRORS], method->errors[i]);
		tables->counts[NAMES_ERRORS]++;
	}
	tables->counts[NAMES_METHODS]++;
}

static void
interfaces_put(struct tables *tables, const struct l1 *l1)
{
	struct buffer *out = &tables->tables[NAMES_INTERFACES];

	for (uint32_t i = 0; i < l1->interface_count; i++) {
		const struct l1_interface *interface = &l1->interfaces[i];

		text_put(tables, out, interface->name);
		wire_u16(out, interface->id);
		wire_u16(out, (uint16_t)interface->method_count);
		wire_u32(out, tables->counts[NAMES_METHODS]);
		wire_u32(out, 0);
		for (uint32_t method = 0; method < interface->method_count; method++) {
			method_put(tables, &interface->methods[method]);
		}
		tables->counts[NAMES_INTERFACES]++;
	}
}

static void
rules_put(struct tables *tables, const struct l1 *l1)
{
	struct buffer *out = &tables->tables[NAMES_RULES];

	for (uint32_t i = 0; i < l1->rule_count; i++) {
		const struct l1_rule *rule = &l1->rules[i];

		text_put(tables, out, rule->position.file);
		wire_u32(out, rule->position.line);
		text_put(tables, out, rule->text);
		text_put(tables, out, rule->because);
		wire_u32(out,
			(rule->is_forbid ? NAMES_RULE_FORBID : 0) |
				(rule->is_generated ? NAMES_RULE_GENERATED : 0) |
				(rule->audit == KSM_AUDIT_GRANTED || rule->audit == KSM_AUDIT_MUST
						? NAMES_RULE_AUDITED
						: 0));
		wire_u32(out, 0);
		tables->counts[NAMES_RULES]++;
	}
}

static void
header_put(struct tables *tables, const struct l1 *l1, struct buffer *out)
{
	wire_u32(out, NAMES_MAGIC);
	wire_u32(out, NAMES_VERSION);
	text_put(tables, out, l1->system_name);
	text_put(tables, out, l1->board_name);
	text_put(tables, out, l1->last_allow.file);
	wire_u32(out, l1->last_allow.line);
}

void
emit_names(const struct l1 *l1, struct buffer *out)
{
	struct arena scratch;
	struct tables tables = {.arena = &scratch};
	struct buffer header;
	uint32_t at = sizeof(struct names_header);

	arena_init(&scratch);
	for (uint32_t i = 0; i < NAMES_TABLES; i++) {
		buffer_init(&tables.tables[i], &scratch);
	}
	buffer_add(&tables.tables[NAMES_STRINGS], "", 1);
	*(struct text *)vector_push(&tables.texts, &scratch, sizeof(struct text)) =
		(struct text){"", 0};
	index_add(&tables.index, &scratch, index_hash(0, "", 0));
	instances_put(&tables, l1);
	labels_put(&tables, l1);
	interfaces_put(&tables, l1);
	for (uint32_t i = 0; i < l1->state_count; i++) {
		field_put(&tables, NAMES_STATES, l1->states[i]->field);
	}
	rules_put(&tables, l1);
	buffer_init(&header, &scratch);
	header_put(&tables, l1, &header);
	tables.counts[NAMES_STRINGS] = (uint32_t)tables.tables[NAMES_STRINGS].size;
	for (uint32_t i = 0; i < NAMES_TABLES; i++) {
		wire_align(&tables.tables[i], 8);
		wire_u32(&header, at);
		wire_u32(&header, tables.counts[i]);
		at += (uint32_t)tables.tables[i].size;
	}
	buffer_reserve(out, at + 8);
	buffer_add(out, header.bytes, header.size);
	for (uint32_t i = 0; i < NAMES_TABLES; i++) {
		if (tables.tables[i].size > 0) {
			buffer_add(out, tables.tables[i].bytes, tables.tables[i].size);
		}
	}
	arena_release(&scratch);
}
