/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Look-ups in the names of a policy; names_open has checked every number that they use. */
#include "ksm/names/names.h"

#include "ksm/engine/ksm.h"
#include "ksm/format.h"

static const uint8_t *
entry_at(const struct names *names, enum names_table_id table, uint32_t index)
{
	static const uint8_t entry_bytes[NAMES_TABLES] = {
		[NAMES_INSTANCES] = sizeof(struct names_instance_entry),
		[NAMES_LABELS] = sizeof(struct names_label_entry),
		[NAMES_INTERFACES] = sizeof(struct names_interface_entry),
		[NAMES_METHODS] = sizeof(struct names_method_entry),
		[NAMES_FIELDS] = sizeof(struct names_field_entry),
		[NAMES_STATES] = sizeof(struct names_field_entry),
		[NAMES_VALUES] = sizeof(struct names_value_entry),
		[NAMES_ERRORS] = sizeof(uint32_t),
		[NAMES_RULES] = sizeof(struct names_rule_entry),
		[NAMES_STRINGS] = 1,
	};

	return names->tables[table] + (size_t)index * entry_bytes[table];
}

/* The text whose offset stands at p. */
static const char *
text_at(const struct names *names, const uint8_t *p)
{
	return (const char *)names->tables[NAMES_STRINGS] + format_u32(p);
}

bool
names_instance(const struct names *names, uint32_t number, struct names_instance *out)
{
	const uint8_t *p;

	if (number >= names->counts[NAMES_INSTANCES]) {
		return false;
	}
	p = entry_at(names, NAMES_INSTANCES, number);
	out->name = text_at(names, p + offsetof(struct names_instance_entry, name));
	out->class_name = text_at(names, p + offsetof(struct names_instance_entry, class_name));
	out->label = (uint16_t)format_u16(p + offsetof(struct names_instance_entry, label));
	return true;
}

bool
names_label(const struct names *names, uint32_t label, struct names_label *out)
{
	const uint8_t *p;

	if (label >= names->counts[NAMES_LABELS]) {
		return false;
	}
	p = entry_at(names, NAMES_LABELS, label);
	out->name = text_at(names, p + offsetof(struct names_label_entry, name));
	out->kind = (enum names_label_kind)format_u16(p + offsetof(struct names_label_entry, kind));
	out->number = (uint16_t)format_u16(p + offsetof(struct names_label_entry, number));
	return true;
}

const char *
names_class_of_label(const struct names *names, uint32_t label)
{
	struct names_label found;
	struct names_instance instance;

	if (!names_label(names, label, &found) || found.kind != NAMES_LABEL_INSTANCE ||
		!names_instance(names, found.number, &instance)) {
		return NULL;
	}
	return instance.class_name;
}

static const uint8_t *
interface_find(const struct names *names, uint32_t id)
{
	for (uint32_t i = 0; i < names->counts[NAMES_INTERFACES]; i++) {
		const uint8_t *p = entry_at(names, NAMES_INTERFACES, i);

		if (format_u16(p + offsetof(struct names_interface_entry, id)) == id) {
			return p;
		}
	}
	return NULL;
}

const char *
names_interface(const struct names *names, uint32_t id)
{
	const uint8_t *p = interface_find(names, id);

	return p != NULL ? text_at(names, p + offsetof(struct names_interface_entry, name)) : NULL;
}

bool
names_method(
	const struct names *names, uint32_t interface, uint32_t method, struct names_method *out)
{
	const uint8_t *p = interface_find(names, interface);
	uint32_t flags;

	if (p == NULL || method == 0 ||
		method > format_u16(p + offsetof(struct names_interface_entry, method_count))) {
		return false;
	}
	p = entry_at(names, NAMES_METHODS,
		format_u32(p + offsetof(struct names_interface_entry, first_method)) + method - 1);
	flags = format_u16(p + offsetof(struct names_method_entry, flags));
	out->name = text_at(names, p + offsetof(struct names_method_entry, name));
	out->first_field = format_u32(p + offsetof(struct names_method_entry, first_field));
	out->call_fields =
		(uint16_t)format_u16(p + offsetof(struct names_method_entry, call_fields));
	out->reply_fields =
		(uint16_t)format_u16(p + offsetof(struct names_method_entry, reply_fields));
	out->error_fields =
		(uint16_t)format_u16(p + offsetof(struct names_method_entry, error_fields));
	/* The file says how many there are of both, and that is what was looked at. */
	out->error_fields =
		out->error_fields < out->reply_fields ? out->error_fields : out->reply_fields;
	out->reply_fields = (uint16_t)(out->reply_fields - out->error_fields);
	out->first_error = format_u32(p + offsetof(struct names_method_entry, first_error));
	out->error_count =
		(uint16_t)format_u16(p + offsetof(struct names_method_entry, error_count));
	out->is_reserved = (flags & NAMES_METHOD_RESERVED) != 0;
	out->is_oneway = (flags & NAMES_METHOD_ONEWAY) != 0;
	out->is_idempotent = (flags & NAMES_METHOD_IDEMPOTENT) != 0;
	out->is_ask = (flags & NAMES_METHOD_ASK) != 0;
	return true;
}

static void
field_read(const struct names *names, enum names_table_id table, uint32_t index,
	struct names_field *out)
{
	const uint8_t *p = entry_at(names, table, index);
	uint32_t flags = p[offsetof(struct names_field_entry, flags)];

	out->low = (int64_t)format_u64(p + offsetof(struct names_field_entry, low));
	out->high = (int64_t)format_u64(p + offsetof(struct names_field_entry, high));
	out->name = text_at(names, p + offsetof(struct names_field_entry, name));
	out->first_value = format_u32(p + offsetof(struct names_field_entry, first_value));
	out->value_count =
		(uint16_t)format_u16(p + offsetof(struct names_field_entry, value_count));
	out->offset_bytes =
		(uint16_t)format_u16(p + offsetof(struct names_field_entry, offset_bytes));
	out->width_bytes =
		(uint16_t)format_u16(p + offsetof(struct names_field_entry, width_bytes));
	out->kind = (enum names_field_kind)p[offsetof(struct names_field_entry, kind)];
	out->is_signed = (flags & NAMES_FIELD_SIGNED) != 0;
	out->is_secret = (flags & NAMES_FIELD_SECRET) != 0;
	out->is_text = (flags & NAMES_FIELD_TEXT) != 0;
	out->is_time = (flags & NAMES_FIELD_TIME) != 0;
}

bool
names_field(const struct names *names, const struct names_method *method, uint32_t event,
	uint32_t index, struct names_field *out)
{
	uint32_t first = method->first_field;
	uint32_t count = method->call_fields;

	if (event == KSM_REPLY || event == KSM_ERROR) {
		first += count;
		count = method->reply_fields;
	}
	if (event == KSM_ERROR) {
		first += count;
		count = method->error_fields;
	}
	if (index >= count) {
		return false;
	}
	field_read(names, NAMES_FIELDS, first + index, out);
	return true;
}

bool
names_state(const struct names *names, uint32_t number, struct names_field *out)
{
	if (number >= names->counts[NAMES_STATES]) {
		return false;
	}
	field_read(names, NAMES_STATES, number, out);
	return true;
}

bool
names_field_at(const struct names *names, const struct names_method *method, uint32_t event,
	uint32_t offset, struct names_field *out)
{
	struct names_field tail = {0};
	bool has_tail = false;

	for (uint32_t i = 0; names_field(names, method, event, i, out); i++) {
		if (offset < out->offset_bytes || offset - out->offset_bytes >= out->width_bytes) {
			continue;
		}
		if (out->kind != NAMES_FIELD_TAIL || offset == out->offset_bytes) {
			return true;
		}
		tail = *out; /* of a list: unless one of its elements is there */
		has_tail = true;
	}
	*out = tail;
	return has_tail;
}

const char *
names_value(const struct names *names, const struct names_field *field, int64_t value)
{
	for (uint32_t i = 0; i < field->value_count; i++) {
		const uint8_t *p = entry_at(names, NAMES_VALUES, field->first_value + i);

		if ((int64_t)format_u64(p) == value) {
			return text_at(names, p + offsetof(struct names_value_entry, name));
		}
	}
	return NULL;
}

const char *
names_error(const struct names *names, const struct names_method *method, uint32_t status)
{
	if (status == 0 || status > method->error_count) {
		return NULL;
	}
	return text_at(names, entry_at(names, NAMES_ERRORS, method->first_error + status - 1));
}

bool
names_rule(const struct names *names, uint32_t number, struct names_rule *out)
{
	const uint8_t *p;
	uint32_t flags;

	if (number == 0 || number > names->counts[NAMES_RULES]) {
		return false;
	}
	p = entry_at(names, NAMES_RULES, number - 1);
	flags = format_u32(p + offsetof(struct names_rule_entry, flags));
	out->file = text_at(names, p + offsetof(struct names_rule_entry, file));
	out->line = format_u32(p + offsetof(struct names_rule_entry, line));
	out->text = text_at(names, p + offsetof(struct names_rule_entry, text));
	out->because = text_at(names, p + offsetof(struct names_rule_entry, because));
	out->is_forbid = (flags & NAMES_RULE_FORBID) != 0;
	out->is_generated = (flags & NAMES_RULE_GENERATED) != 0;
	out->is_audited = (flags & NAMES_RULE_AUDITED) != 0;
	return true;
}
