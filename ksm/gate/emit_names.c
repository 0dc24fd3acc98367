/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_names.c: tables of texts; equal texts are kept once. */
#include "emit_names.h"

#include <stddef.h>
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

/*
 * The tables before the rules are small: they are made beside the section. Rules and strings are
 * most of it and are made where they stay, so that they are there once: each rule has its place
 * before its texts have theirs.
 */
struct tables {
	struct arena *arena;
	struct buffer small[NAMES_RULES];
	uint32_t counts[NAMES_TABLES];
	struct buffer *strings; /* where they stand ... */
	size_t strings_at;      /* ... from this byte on */
	struct vector texts;    /* uint32_t: their offsets */
	struct index index;     /* of texts */
};

/* Returns the offset of a text of so many bytes. */
static uint32_t
text_offset(struct tables *tables, const char *text, size_t length)
{
	uint32_t hash = index_hash(0, text, length);
	const uint32_t *offsets = tables->texts.elements;
	uint32_t new = (uint32_t)(tables->strings->size - tables->strings_at);

	if (length == 0) {
		return 0; /* strings begin with it */
	}
	for (uint32_t i = index_first(&tables->index, hash); i != INDEX_NONE;
		i = index_next(&tables->index, i)) {
		const char *known = tables->strings->bytes + tables->strings_at + offsets[i];

		if (strncmp(known, text, length) == 0 && known[length] == '\0') {
			return offsets[i];
		}
	}
	*(uint32_t *)vector_push(&tables->texts, tables->arena, sizeof(new)) = new;
	index_add(&tables->index, tables->arena, hash);
	buffer_add(tables->strings, text, length);
	buffer_repeat(tables->strings, '\0', 1);
	return new;
}

/* NULL is as good as an empty text. */
static uint32_t
text_whole(struct tables *tables, const char *text)
{
	return text_offset(tables, text, text == NULL ? 0 : strlen(text));
}

static void
text_put(struct tables *tables, struct buffer *out, const char *text)
{
	wire_u32(out, text_whole(tables, text));
}

static void
instances_put(struct tables *tables, const struct l1 *l1)
{
	struct buffer *out = &tables->small[NAMES_INSTANCES];

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
	struct buffer *out = &tables->small[NAMES_LABELS];

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
	struct buffer *out = &tables->small[table];
	struct buffer *values = &tables->small[NAMES_VALUES];
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
	struct buffer *out = &tables->small[NAMES_METHODS];
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
		text_put(tables, &tables->small[NAMES_ERRORS], method->errors[i]);
		tables->counts[NAMES_ERRORS]++;
	}
	tables->counts[NAMES_METHODS]++;
}

static void
interfaces_put(struct tables *tables, const struct l1 *l1)
{
	struct buffer *out = &tables->small[NAMES_INTERFACES];

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

/* at: where its entry begins. */
static void
rule_put(struct tables *tables, const struct l1_rule *rule, size_t at)
{
	struct buffer *out = tables->strings;
	bool is_audited = rule->audit == KSM_AUDIT_GRANTED || rule->audit == KSM_AUDIT_MUST;
	uint32_t file = text_whole(tables, rule->position.file);
	uint32_t text = text_offset(tables, rule->text_begin, rule->text_bytes);
	uint32_t because = text_whole(tables, rule->because);

	wire_patch_u32(out, at + offsetof(struct names_rule_entry, file), file);
	wire_patch_u32(out, at + offsetof(struct names_rule_entry, line), rule->position.line);
	wire_patch_u32(out, at + offsetof(struct names_rule_entry, text), text);
	wire_patch_u32(out, at + offsetof(struct names_rule_entry, because), because);
	wire_patch_u32(out, at + offsetof(struct names_rule_entry, flags),
		(rule->is_forbid ? NAMES_RULE_FORBID : 0) |
			(rule->is_generated ? NAMES_RULE_GENERATED : 0) |
			(is_audited ? NAMES_RULE_AUDITED : 0));
}

/* start: of the section, at which the header begins. */
static void
header_put(struct tables *tables, const struct l1 *l1, size_t start)
{
	struct buffer *out = tables->strings;
	uint32_t system = text_whole(tables, l1->system_name);
	uint32_t board = text_whole(tables, l1->board_name);
	uint32_t file = text_whole(tables, l1->last_allow.file);

	wire_patch_u32(out, start + offsetof(struct names_header, magic), NAMES_MAGIC);
	wire_patch_u32(out, start + offsetof(struct names_header, version), NAMES_VERSION);
	wire_patch_u32(out, start + offsetof(struct names_header, system), system);
	wire_patch_u32(out, start + offsetof(struct names_header, board), board);
	wire_patch_u32(out, start + offsetof(struct names_header, allow_file), file);
	wire_patch_u32(out, start + offsetof(struct names_header, allow_line), l1->last_allow.line);
}

static size_t
text_bytes(const char *text)
{
	return text == NULL ? 0 : strlen(text) + 1;
}

/* Returns at least as many bytes as rules and the header need for their texts. */
static size_t
texts_most(const struct l1 *l1)
{
	size_t most = text_bytes(l1->system_name) + text_bytes(l1->board_name) +
		      text_bytes(l1->last_allow.file);
	const char *file = NULL;

	for (uint32_t i = 0; i < l1->rule_count; i++) {
		const struct l1_rule *rule = &l1->rules[i];

		most += rule->text_bytes + 1u + text_bytes(rule->because);
		if (rule->position.file != file) {
			file = rule->position.file;
			most += text_bytes(file);
		}
	}
	return most;
}

/* Where the entry of the header stands that says where a table is. */
static size_t
table_entry(size_t start, uint32_t table)
{
	return start + offsetof(struct names_header, tables) +
	       table * sizeof(struct names_table_entry);
}

/* The table begins here. */
static void
table_begin(struct buffer *out, size_t start, uint32_t table)
{
	wire_align(out, 8);
	wire_patch_u32(out, table_entry(start, table), (uint32_t)(out->size - start));
}

static void
small_tables_fill(struct tables *tables, const struct l1 *l1)
{
	buffer_repeat(tables->strings, '\0', 1);
	instances_put(tables, l1);
	labels_put(tables, l1);
	interfaces_put(tables, l1);
	for (uint32_t i = 0; i < l1->state_count; i++) {
		field_put(tables, NAMES_STATES, l1->states[i]->field);
	}
}

/* Makes room for the whole section at once, and writes what is there of it. Returns where rules
 * begin. */
static size_t
tables_place(struct tables *tables, const struct l1 *l1, size_t start, struct buffer *out)
{
	const struct buffer known = *tables->strings;
	size_t rules_bytes = l1->rule_count * sizeof(struct names_rule_entry);
	size_t size = sizeof(struct names_header) + rules_bytes + known.size + texts_most(l1);
	size_t rules_at;

	for (uint32_t i = 0; i < NAMES_RULES; i++) {
		size += tables->small[i].size + 8;
	}
	buffer_reserve(out, size + 16);
	buffer_repeat(out, '\0', sizeof(struct names_header));
	for (uint32_t i = 0; i < NAMES_RULES; i++) {
		table_begin(out, start, i);
		buffer_add(out, tables->small[i].bytes, tables->small[i].size);
	}
	table_begin(out, start, NAMES_RULES);
	rules_at = out->size;
	buffer_repeat(out, '\0', rules_bytes);
	table_begin(out, start, NAMES_STRINGS);
	tables->strings = out;
	tables->strings_at = out->size;
	buffer_add(out, known.bytes, known.size);
	return rules_at;
}

void
emit_names(const struct l1 *l1, struct buffer *out)
{
	struct arena scratch;
	struct buffer first;
	struct tables tables = {.arena = &scratch, .strings = &first};
	size_t start = out->size;
	size_t rules_at;

	arena_init(&scratch);
	buffer_init(&first, &scratch);
	for (uint32_t i = 0; i < NAMES_RULES; i++) {
		buffer_init(&tables.small[i], &scratch);
	}
	small_tables_fill(&tables, l1);
	rules_at = tables_place(&tables, l1, start, out);
	for (uint32_t i = 0; i < l1->rule_count; i++) {
		rule_put(&tables, &l1->rules[i], rules_at + i * sizeof(struct names_rule_entry));
	}
	header_put(&tables, l1, start);
	tables.counts[NAMES_RULES] = l1->rule_count;
	tables.counts[NAMES_STRINGS] = (uint32_t)(out->size - tables.strings_at);
	for (uint32_t i = 0; i < NAMES_TABLES; i++) {
		wire_patch_u32(out,
			table_entry(start, i) + offsetof(struct names_table_entry, count),
			tables.counts[i]);
	}
	wire_align(out, 8);
	arena_release(&scratch);
}
