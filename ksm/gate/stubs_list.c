/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_list.c: lists in C: an array and how many there are; a loop for each direction. */
#include "stubs_list.h"

#include <string.h>

#include "c_text.h"
#include "stubs_client.h"
#include "stubs_member.h"

const struct l1_member *
list_of(const struct l1_message *message)
{
	const struct l1_member *last =
		message->member_count == 0 ? NULL : &message->members[message->member_count - 1];

	return last != NULL && last->list != 0 ? last : NULL;
}

static uint32_t
unit_of(const struct l1_message *message)
{
	uint32_t count;

	return member_fields(message, list_of(message), &count)->unit_bytes;
}

const char *
list_count(struct buffer *b, const struct l1_message *message, const char *pointer)
{
	const char *bytes = stubs_tail_length(b, pointer, message->fixed_bytes);

	if (unit_of(message) == 1) {
		return bytes;
	}
	return arena_format(b->arena, message->fixed_bytes == 0 ? "%s / %u" : "(%s) / %u", bytes,
		unit_of(message));
}

/* Of the first element as C calls it the one that a loop is at: `steps[0].pin`, `steps[i].pin`. */
static const char *
each(struct buffer *b, const char *text, const char *before, const struct l1_member *list)
{
	const char *first = arena_format(
		b->arena, "%s%s[0]", before, *before == '\0' ? c_name(b, list->name) : list->name);
	const char *found = text == NULL ? NULL : strstr(text, first);
	const char *made = "";

	while (found != NULL) {
		made = arena_format(b->arena, "%s%.*s%.*s[i]", made, (int)(found - text), text,
			(int)(strlen(first) - strlen("[0]")), first);
		text = found + strlen(first);
		found = strstr(text, first);
	}
	return text == NULL ? NULL : arena_format(b->arena, "%s%s", made, text);
}

/* Returns the fields of the first element, and how many these are. */
static const struct l1_field *
first_fields(const struct l1_message *message, uint32_t *count)
{
	uint32_t all;
	const struct l1_field *list = member_fields(message, list_of(message), &all);

	*count = (all - 1) / list_of(message)->list;
	return list + 1;
}

void
list_put(struct buffer *b, const char *indent, const struct l1_interface *interface,
	const struct l1_message *message, const char *pointer, const char *before)
{
	const struct l1_member *list = list_of(message);
	uint32_t count;
	const struct l1_field *fields = first_fields(message, &count);

	c_text(b, "%sfor (uint32_t i = 0; i < %s%s_count; i++) {\n", indent, before, list->name);
	for (uint32_t n = 0; n < count; n++) {
		unsigned bits = 8u * fields[n].width_bytes;

		c_text(b, "%s\tgate_put_u%u(%s, %u + %u * i, (uint%u_t)%s);\n", indent, bits,
			pointer, fields[n].offset_bytes, unit_of(message), bits,
			each(b, stubs_value(b, interface, &fields[n], before), before, list));
	}
	c_text(b, "%s}\n", indent);
}

void
list_get(struct buffer *b, const struct l1_interface *interface, const struct l1_message *message,
	const char *pointer, const char *before)
{
	const struct l1_member *list = list_of(message);
	uint32_t count;
	const struct l1_field *fields = first_fields(message, &count);

	c_text(b, "\tfor (uint32_t i = 0; i < %s%s%s_count; i++) {\n",
		strcmp(before, "out_") == 0 ? "*" : "", before, list->name);
	for (uint32_t n = 0; n < count; n++) {
		const char *there =
			each(b, member_is_there(b, interface, &fields[n], before, false, true),
				before, list);

		c_text(b, there == NULL ? "%s" : "\t\tif (%s) {\n\t", there == NULL ? "" : there);
		c_text(b, "\t\t%s = ",
			each(b, member_place(b, &fields[n], before, false), before, list));
		stubs_get(b, interface, &fields[n], pointer);
		c_text(b, ";\n%s", there == NULL ? "" : "\t\t}\n");
	}
	buffer_text(b, "\t}\n");
}
