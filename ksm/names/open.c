/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The check of a policy's names: after it every number in them leads to something. */
#include "ksm/format.h"
#include "ksm/names/names.h"

/* A kind of reference in a table: a u32 at `first`, and how many follow, at `count` and `more`. */
struct reference {
	uint8_t table;
	uint8_t entry_bytes;
	uint8_t first;
	uint8_t target; /* table */
	uint8_t count;  /* offset of a u16; NONE: one */
	uint8_t more;   /* offset of a second u16 that is added; NONE: none */
};

#define NONE UINT8_C(0xff)

static const struct reference references[] = {
	{NAMES_INSTANCES, sizeof(struct names_instance_entry),
		offsetof(struct names_instance_entry, name), NAMES_STRINGS, NONE, NONE},
	{NAMES_INSTANCES, sizeof(struct names_instance_entry),
		offsetof(struct names_instance_entry, class_name), NAMES_STRINGS, NONE, NONE},
	{NAMES_LABELS, sizeof(struct names_label_entry), offsetof(struct names_label_entry, name),
		NAMES_STRINGS, NONE, NONE},
	{NAMES_INTERFACES, sizeof(struct names_interface_entry),
		offsetof(struct names_interface_entry, name), NAMES_STRINGS, NONE, NONE},
	{NAMES_INTERFACES, sizeof(struct names_interface_entry),
		offsetof(struct names_interface_entry, first_method), NAMES_METHODS,
		offsetof(struct names_interface_entry, method_count), NONE},
	{NAMES_METHODS, sizeof(struct names_method_entry),
		offsetof(struct names_method_entry, name), NAMES_STRINGS, NONE, NONE},
	{NAMES_METHODS, sizeof(struct names_method_entry),
		offsetof(struct names_method_entry, first_field), NAMES_FIELDS,
		offsetof(struct names_method_entry, call_fields),
		offsetof(struct names_method_entry, reply_fields)},
	{NAMES_METHODS, sizeof(struct names_method_entry),
		offsetof(struct names_method_entry, first_error), NAMES_ERRORS,
		offsetof(struct names_method_entry, error_count), NONE},
	{NAMES_FIELDS, sizeof(struct names_field_entry), offsetof(struct names_field_entry, name),
		NAMES_STRINGS, NONE, NONE},
	{NAMES_FIELDS, sizeof(struct names_field_entry),
		offsetof(struct names_field_entry, first_value), NAMES_VALUES,
		offsetof(struct names_field_entry, value_count), NONE},
	{NAMES_STATES, sizeof(struct names_field_entry), offsetof(struct names_field_entry, name),
		NAMES_STRINGS, NONE, NONE},
	{NAMES_STATES, sizeof(struct names_field_entry),
		offsetof(struct names_field_entry, first_value), NAMES_VALUES,
		offsetof(struct names_field_entry, value_count), NONE},
	{NAMES_VALUES, sizeof(struct names_value_entry), offsetof(struct names_value_entry, name),
		NAMES_STRINGS, NONE, NONE},
	{NAMES_ERRORS, sizeof(uint32_t), 0, NAMES_STRINGS, NONE, NONE},
	{NAMES_RULES, sizeof(struct names_rule_entry), offsetof(struct names_rule_entry, file),
		NAMES_STRINGS, NONE, NONE},
	{NAMES_RULES, sizeof(struct names_rule_entry), offsetof(struct names_rule_entry, text),
		NAMES_STRINGS, NONE, NONE},
	{NAMES_RULES, sizeof(struct names_rule_entry), offsetof(struct names_rule_entry, because),
		NAMES_STRINGS, NONE, NONE},
};

static uint32_t
entry_bytes(enum names_table_id table)
{
	for (uint32_t i = 0; i < sizeof(references) / sizeof(references[0]); i++) {
		if (references[i].table == table) {
			return references[i].entry_bytes;
		}
	}
	return 1;
}

static bool
tables_open(struct names *names, const uint8_t *section, uint32_t length_bytes)
{
	for (uint32_t i = 0; i < NAMES_TABLES; i++) {
		const uint8_t *p = section + offsetof(struct names_header, tables) +
				   i * sizeof(struct names_table_entry);
		uint32_t offset = format_u32(p + offsetof(struct names_table_entry, offset));
		uint32_t count = format_u32(p + offsetof(struct names_table_entry, count));

		if (offset > length_bytes ||
			count > (length_bytes - offset) / entry_bytes((enum names_table_id)i)) {
			return false;
		}
		names->tables[i] = section + offset;
		names->counts[i] = count;
	}
	/* Every text that starts inside the strings then ends inside them. */
	return names->counts[NAMES_STRINGS] > 0 &&
	       names->tables[NAMES_STRINGS][names->counts[NAMES_STRINGS] - 1] == 0;
}

static bool
reference_is_sound(const struct names *names, const struct reference *reference)
{
	const uint8_t *p = names->tables[reference->table];

	for (uint32_t i = 0; i < names->counts[reference->table]; i++) {
		uint32_t first = format_u32(p + reference->first);
		uint32_t count = 1;

		if (reference->count != NONE) {
			count = format_u16(p + reference->count);
		}
		if (reference->more != NONE) {
			count += format_u16(p + reference->more);
		}
		if (first > names->counts[reference->target] ||
			count > names->counts[reference->target] - first) {
			return false;
		}
		p += reference->entry_bytes;
	}
	return true;
}

static bool
header_open(struct names *names, const uint8_t *section)
{
	uint32_t system = format_u32(section + offsetof(struct names_header, system));
	uint32_t board = format_u32(section + offsetof(struct names_header, board));
	uint32_t file = format_u32(section + offsetof(struct names_header, allow_file));
	const char *strings = (const char *)names->tables[NAMES_STRINGS];

	if (system >= names->counts[NAMES_STRINGS] || board >= names->counts[NAMES_STRINGS] ||
		file >= names->counts[NAMES_STRINGS]) {
		return false;
	}
	names->system = strings + system;
	names->board = strings + board;
	names->allow_file = strings + file;
	names->allow_line = format_u32(section + offsetof(struct names_header, allow_line));
	return true;
}

bool
names_open(struct names *names, const uint8_t *blob, size_t length_bytes)
{
	const size_t at = offsetof(struct format_header, sections) +
			  FORMAT_NAMES * sizeof(struct format_section);
	const uint8_t *section;
	uint32_t offset;
	uint32_t bytes;

	if (length_bytes < sizeof(struct format_header) || length_bytes > FORMAT_LENGTH_MAX) {
		return false;
	}
	offset = format_u32(blob + at + offsetof(struct format_section, offset));
	bytes = format_u32(blob + at + offsetof(struct format_section, count));
	if (offset > length_bytes || bytes > length_bytes - offset ||
		bytes < sizeof(struct names_header)) {
		return false;
	}
	section = blob + offset;
	if (format_u32(section) != NAMES_MAGIC ||
		format_u32(section + offsetof(struct names_header, version)) != NAMES_VERSION ||
		!tables_open(names, section, bytes) || !header_open(names, section)) {
		return false;
	}
	for (uint32_t i = 0; i < sizeof(references) / sizeof(references[0]); i++) {
		if (!reference_is_sound(names, &references[i])) {
			return false;
		}
	}
	return true;
}

bool
names_open_nth(struct names *names, const uint8_t *blobs, size_t length_bytes, uint32_t number)
{
	uint32_t bytes;

	for (; number > 0; number--) {
		if (length_bytes < sizeof(struct format_header)) {
			return false;
		}
		bytes = format_u32(blobs + offsetof(struct format_header, length_bytes));
		if (bytes % 8 != 0 || bytes > length_bytes) {
			return false;
		}
		blobs += bytes;
		length_bytes -= bytes;
	}
	return names_open(names, blobs, length_bytes);
}
