/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_member.c: structs, unions, arrays and optional parameters in C. */
#include "stubs_member.h"

#include <string.h>

#include "c_text.h"
#include "stubs_params.h"
#include "vector.h"

bool
member_is_plain(const struct l1_member *member)
{
	return member->record == NULL && member->array == 0 && member->list == 0 &&
	       !member->is_optional;
}

bool
member_field_is_plain(const struct l1_field *field)
{
	return field->guard == NULL && field->presence == NULL && !field->is_tag &&
	       (field->param == NULL || strcmp(field->name, field->param) == 0);
}

const struct l1_field *
member_fields(const struct l1_message *message, const struct l1_member *member, uint32_t *count)
{
	const struct l1_field *first = message->fields;
	const struct l1_field *end = message->fields + message->field_count;

	while (first < end && strcmp(first->param, member->name) != 0) {
		first++;
	}
	*count = 0;
	while (first + *count < end && strcmp(first[*count].param, member->name) == 0) {
		++*count;
	}
	return first;
}

static const char *
record_type(struct buffer *b, const struct l1_interface *interface, const struct l1_record *record)
{
	return arena_format(b->arena, "struct %s_%s", c_lower(b, interface->short_name),
		c_lower(b, record->name));
}

const char *
member_type(struct buffer *b, const struct l1_interface *interface, const struct l1_member *member)
{
	return member->record == NULL ? params_type(b, interface, &member->field)
				      : record_type(b, interface, member->record);
}

/* One word of a path, `x` or `key[2]`, as C calls it. */
static const char *
word_c(struct buffer *b, const char *word, size_t length, const char *before)
{
	const char *bracket = memchr(word, '[', length);
	size_t name = bracket == NULL ? length : (size_t)(bracket - word);
	const char *text = arena_copy(b->arena, word, name);

	return arena_format(b->arena, "%s%.*s",
		*before == '\0' ? c_name(b, text) : arena_format(b->arena, "%s%s", before, text),
		(int)(length - name), bracket == NULL ? "" : bracket);
}

const char *
member_place(struct buffer *b, const struct l1_field *field, const char *before, bool is_local)
{
	const char *path = field->presence != NULL ? field->presence : field->name;
	const char *place = "";
	const char *between = "";
	const char *dot;

	do {
		size_t length;
		const char *has;

		dot = strchr(path, '.');
		length = dot == NULL ? strlen(path) : (size_t)(dot - path);
		has = dot == NULL && field->presence != NULL ? "has_" : "";
		place = arena_format(b->arena, "%s%s%s", place, between,
			word_c(b, path, length,
				*place != '\0' ? has
					       : arena_format(b->arena, "%s%s", before, has)));
		/* An array is a pointer to its first, a struct in a variable is none. */
		between = *between != '\0' || is_local || memchr(path, '[', length) != NULL ? "."
											    : "->";
		path += length + 1;
	} while (dot != NULL);
	return field->is_tag ? arena_format(b->arena, "%s%shas", place, between) : place;
}

const char *
member_is_there(struct buffer *b, const struct l1_interface *interface,
	const struct l1_field *field, const char *before, bool is_local, bool only_unions)
{
	const char *all = NULL;

	for (; field->guard != NULL && field->guard->look != L1_LOOK_LENGTH &&
		!field->guard->is_status;
		field = field->guard) {
		const struct l1_field *guard = field->guard;
		const char *says = member_place(b, guard, before, is_local);

		if (guard->presence != NULL && only_unions) {
			continue;
		}
		if (guard->is_tag) {
			says = arena_format(b->arena, "%s == %s_%s_%s", says,
				c_upper(b, interface->short_name), c_upper(b, guard->type_name),
				c_upper(b, guard->names[field->guard_value].name));
		}
		all = all == NULL ? says : arena_format(b->arena, "%s && %s", says, all);
	}
	return all;
}

static void
record_member_write(struct buffer *b, const struct l1_interface *interface,
	const struct l1_member *member, const char *indent)
{
	if (member->is_optional) {
		c_text(b, "%sbool has_%s;\n", indent, member->name);
	}
	c_text(b, "%s%s %s", indent, member_type(b, interface, member), c_name(b, member->name));
	if (member->array != 0) {
		c_text(b, "[%u]", member->array);
	}
	buffer_text(b, ";\n");
}

static void
record_write(struct buffer *b, const struct l1_interface *interface, const struct l1_record *record,
	struct vector *seen)
{
	const char *type = record_type(b, interface, record);
	const char *indent = record->is_union ? "\t\t" : "\t";

	for (uint32_t i = 0; i < seen->count; i++) {
		if (strcmp(((const char *const *)seen->elements)[i], type) == 0) {
			return;
		}
	}
	*(const char **)vector_push(seen, b->arena, sizeof type) = type;
	for (uint32_t i = 0; i < record->member_count; i++) {
		if (record->members[i].record != NULL) {
			record_write(b, interface, record->members[i].record, seen);
		}
	}
	c_text(b, "%s {\n", type);
	if (record->is_union) {
		c_text(b, "\tenum %s_%s_case has;\n\tunion {\n", c_lower(b, interface->short_name),
			c_lower(b, record->name));
	}
	for (uint32_t i = 0; i < record->member_count; i++) {
		record_member_write(b, interface, &record->members[i], indent);
	}
	c_text(b, "%s};\n\n", record->is_union ? "\t};\n" : "");
}

void
member_records(struct buffer *b, const struct l1_interface *interface)
{
	struct vector seen = {0};

	for (uint32_t i = 0; i < interface->method_count; i++) {
		const struct l1_message *messages[] = {&interface->methods[i].call,
			&interface->methods[i].reply, &interface->methods[i].error};

		for (uint32_t j = 0; j < 3; j++) {
			for (uint32_t k = 0; k < messages[j]->member_count; k++) {
				const struct l1_record *record = messages[j]->members[k].record;

				if (record != NULL) {
					record_write(b, interface, record, &seen);
				}
			}
		}
	}
}
