/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_client.c: encode, call, decode. */
#include "stubs_client.h"

#include <string.h>

#include "c_text.h"
#include "stubs_error.h"
#include "stubs_interface.h"
#include "stubs_list.h"
#include "stubs_member.h"
#include "stubs_params.h"

/* Leases stand first, a word for each [T5]. */
static uint32_t
lease_index(const struct l1_field *field)
{
	return field->offset_bytes / field->width_bytes;
}

/* Of an element of a list that of the one that a loop is at. */
static const char *
offset_text(struct buffer *b, const struct l1_field *field)
{
	const struct l1_field *element = field;

	if (!field->is_element) {
		return arena_format(b->arena, "%u", field->offset_bytes);
	}
	while (element->guard->look != L1_LOOK_LENGTH) {
		element = element->guard;
	}
	return arena_format(
		b->arena, "%u + %u * i", field->offset_bytes, element->guard->unit_bytes);
}

static void
field_get(struct buffer *b, const struct l1_interface *interface, const struct l1_field *field,
	const char *message)
{
	unsigned bits = 8u * field->width_bytes;
	const char *offset = offset_text(b, field);

	if (params_is_lease(field)) {
		c_text(b, "gate_lease(%s, %u)", message, lease_index(field));
	} else if (field->kind == L1_BOOL) {
		c_text(b, "gate_get_u8(%s, %s) != 0", message, offset);
	} else if (params_is_enum(interface, field) || field->is_signed) {
		c_text(b, "(%s)gate_get_u%u(%s, %s)", params_type(b, interface, field), bits,
			message, offset);
	} else {
		c_text(b, "gate_get_u%u(%s, %s)", bits, message, offset);
	}
}

void
stubs_get(struct buffer *b, const struct l1_interface *interface, const struct l1_field *field,
	const char *message)
{
	if (field->is_late && field->has_default) {
		c_text(b, "info_length(%s->info) < %u\n\t\t\t? (%s)%s\n\t\t\t: ", message,
			field->offset_bytes + field->width_bytes, params_type(b, interface, field),
			field->kind == L1_INTEGER && !field->is_signed
				? c_unsigned(b, (uint64_t)field->absent)
				: c_number(b, field->absent));
	}
	field_get(b, interface, field, message);
}

const char *
stubs_value(struct buffer *b, const struct l1_interface *interface, const struct l1_field *field,
	const char *before)
{
	const char *value;
	const char *there;

	if (params_is_lease(field)) {
		return arena_format(b->arena, "%s%s_bytes", before, field->name);
	}
	if (member_field_is_plain(field)) {
		return *before == '\0' ? c_name(b, field->name)
				       : arena_format(b->arena, "%s%s", before, field->name);
	}
	value = member_place(b, field, before, false);
	there = member_is_there(b, interface, field, before, false, false);
	return there == NULL ? value : arena_format(b->arena, "(%s ? %s : 0)", there, value);
}

static void
field_put(struct buffer *b, const char *indent, const struct l1_interface *interface,
	const struct l1_field *field, const char *pointer, const char *before)
{
	unsigned bits = 8u * field->width_bytes;
	const char *name = stubs_value(b, interface, field, before);
	const char *cast =
		field->is_signed || field->kind == L1_ENUM || !member_field_is_plain(field)
			? arena_format(b->arena, "(uint%u_t)", bits)
			: "";

	c_text(b, "%sgate_put_u%u(%s, %u, %s%s);\n", indent, bits, pointer, field->offset_bytes,
		cast, name);
}

void
stubs_put_member(struct buffer *b, const char *indent, const struct l1_interface *interface,
	const struct l1_message *message, const struct l1_member *member)
{
	uint32_t count;
	const struct l1_field *fields = member_fields(message, member, &count);

	for (uint32_t i = 0; i < count; i++) {
		field_put(b, indent, interface, &fields[i], "message", "out_");
	}
}

void
stubs_put(struct buffer *b, const char *indent, const struct l1_interface *interface,
	const struct l1_message *message, const char *pointer, const char *before)
{
	uint32_t covered = 0;

	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		covered += field->kind == L1_TAIL || field->is_element ? 0 : field->width_bytes;
	}
	if (covered < message->fixed_bytes) {
		c_text(b, "%s__builtin_memset(%s->bytes, 0, %u);\n", indent, pointer,
			message->fixed_bytes);
	}
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		if (field->kind != L1_TAIL && !field->is_element) {
			field_put(b, indent, interface, field, pointer, before);
		}
	}
	if (list_of(message) != NULL) {
		list_put(b, indent, interface, message, pointer, before);
	}
}

const char *
stubs_place(struct buffer *b, const char *message, uint32_t offset)
{
	return offset == 0 ? arena_format(b->arena, "%s->bytes", message)
			   : arena_format(b->arena, "%s->bytes + %u", message, offset);
}

const char *
stubs_length(struct buffer *b, const struct l1_message *message, const char *before)
{
	const struct l1_field *tail = params_tail(message);
	const struct l1_member *list = list_of(message);
	uint32_t fixed_bytes = message->fixed_bytes;

	if (list != NULL) {
		const char *bytes = arena_format(b->arena, "%u * %s%s_count",
			params_list(message)->unit_bytes, before, list->name);

		return fixed_bytes == 0 ? bytes
					: arena_format(b->arena, "%u + %s", fixed_bytes, bytes);
	}
	if (tail == NULL) {
		return arena_format(b->arena, "%u", fixed_bytes);
	}
	return fixed_bytes == 0
		       ? arena_format(b->arena, "%s%s_bytes", before, tail->name)
		       : arena_format(b->arena, "%u + %s%s_bytes", fixed_bytes, before, tail->name);
}

const char *
stubs_tail_length(struct buffer *b, const char *message, uint32_t fixed_bytes)
{
	return fixed_bytes == 0
		       ? arena_format(b->arena, "info_length(%s->info)", message)
		       : arena_format(b->arena, "info_length(%s->info) - %u", message, fixed_bytes);
}

static void
encode(struct buffer *b, const char *indent, const struct l1_interface *interface,
	const struct l1_message *call)
{
	const struct l1_field *tail = params_tail(call);

	stubs_put(b, indent, interface, call, "message", "");
	for (uint32_t i = 0; i < call->field_count; i++) {
		if (params_is_lease(&call->fields[i])) {
			c_text(b, "%sipc_lend(%u, %s);\n", indent, lease_index(&call->fields[i]),
				c_name(b, call->fields[i].name));
		}
	}
	if (tail != NULL) {
		c_text(b,
			"%sif (%s_bytes != 0) {\n"
			"%s\t__builtin_memcpy(%s, %s, %s_bytes);\n"
			"%s}\n",
			indent, tail->name, indent, stubs_place(b, "message", call->fixed_bytes),
			c_name(b, tail->name), tail->name, indent);
	}
	c_text(b, "%smessage->info = info_make(0, %s);\n", indent, stubs_length(b, call, ""));
}

static void
decode_tail(struct buffer *b, const struct l1_message *reply, const char *name)
{
	c_text(b,
		"\t*out_%s_bytes = %s;\n"
		"\tif (*out_%s_bytes > out_%s_capacity) {\n"
		"\t\treturn E_LIMIT;\n"
		"\t}\n"
		"\tif (*out_%s_bytes != 0) {\n"
		"\t\t__builtin_memcpy(out_%s, %s, *out_%s_bytes);\n"
		"\t}\n",
		name, stubs_tail_length(b, "message", reply->fixed_bytes), name, name, name, name,
		stubs_place(b, "message", reply->fixed_bytes), name);
}

static void
decode_list(struct buffer *b, const struct l1_interface *interface, const struct l1_message *reply)
{
	const char *name = list_of(reply)->name;

	c_text(b,
		"\t*out_%s_count = %s;\n"
		"\tif (*out_%s_count > out_%s_capacity) {\n"
		"\t\treturn E_LIMIT;\n"
		"\t}\n",
		name, list_count(b, reply, "message"), name, name);
	list_get(b, interface, reply, "message", "out_");
}

/* `if (out_x != 0) {` and where the value goes. */
static void
decode_place(struct buffer *b, const struct l1_interface *interface, const struct l1_field *field)
{
	const char *path = field->presence != NULL ? field->presence : field->name;
	bool is_pointer = !field->is_tag && strcspn(path, ".[") == strlen(path);
	const char *place = member_place(b, field, "out_", false);
	const char *there = member_is_there(b, interface, field, "out_", false, true);

	c_text(b, "\tif (%s%s != 0%s%s) {\n\t\t%s%s = ", is_pointer ? "" : "out_",
		is_pointer ? place : field->param, there == NULL ? "" : " && ",
		there == NULL ? "" : there, is_pointer ? "*" : "", place);
}

static void
decode(struct buffer *b, const struct l1_interface *interface, const struct l1_message *reply)
{
	if (reply->field_count == 0) {
		buffer_text(b, "\treturn gate_reply_status(message, 0);\n");
		return;
	}
	c_text(b,
		"\tstatus = gate_reply_status(message, %u);\n"
		"\tif (status != E_OK) {\n"
		"\t\treturn status;\n"
		"\t}\n",
		reply->low_bytes);
	for (uint32_t i = 0; i < reply->field_count; i++) {
		const struct l1_field *field = &reply->fields[i];

		if (field->kind == L1_TAIL || field->is_element) {
			continue;
		}
		decode_place(b, interface, field);
		stubs_get(b, interface, field, "message");
		buffer_text(b, ";\n\t}\n");
	}
	if (params_tail(reply) != NULL) {
		decode_tail(b, reply, params_tail(reply)->name);
	}
	if (list_of(reply) != NULL) {
		decode_list(b, interface, reply);
	}
	buffer_text(b, "\treturn E_OK;\n");
}

static uint32_t
length_max(const struct l1_field *field)
{
	return params_is_lease(field) ? (uint32_t)field->high : field->width_bytes;
}

static void
contract_write(struct buffer *b, const struct l1_method *method)
{
	const struct l1_field *out = params_tail(&method->reply);
	struct buffer text;

	buffer_init(&text, b->arena);
	if (method->doc != NULL) {
		buffer_text(&text, method->doc);
	}
	for (uint32_t i = 0; i < method->call.field_count; i++) {
		const struct l1_field *in = &method->call.fields[i];

		if (in->kind == L1_TAIL && in->unit_bytes != 0) {
			c_text(&text, "%s%s: at most %lld of them, else E_ARGUMENT.",
				text.size ? "\n" : "", in->name, (long long)in->high);
		} else if (in->kind == L1_TAIL || params_is_lease(in)) {
			c_text(&text, "%s%s: %sat most %u bytes, else E_ARGUMENT.",
				text.size ? "\n" : "", in->name,
				in->carries == L1_READS
					? "the server may read it until it answers; "
				: in->carries == L1_WRITES
					? "the server may fill it until it answers; "
					: "",
				length_max(in));
		}
	}
	if (out != NULL) {
		c_text(&text, "%sE_LIMIT if out_%s (at most %u bytes) does not fit.",
			text.size ? "\n" : "", out->name, out->width_bytes);
	}
	if (list_of(&method->reply) != NULL) {
		c_text(&text, "%sE_LIMIT if out_%s (at most %u of them) does not fit.",
			text.size ? "\n" : "", list_of(&method->reply)->name,
			list_of(&method->reply)->list);
	}
	if (method->is_idempotent) {
		c_text(&text,
			"%sIs tried again, twice at most, if the server died or was restarted.",
			text.size ? "\n" : "");
	}
	c_comment(b, "", text.size > 0 ? text.bytes : NULL);
}

static void
lengths_check(struct buffer *b, const struct l1_message *call)
{
	for (uint32_t i = 0; i < call->field_count; i++) {
		const struct l1_field *field = &call->fields[i];

		if (field->kind == L1_TAIL && field->unit_bytes != 0) {
			c_text(b, "\tif (%s_count > %lld) {\n\t\treturn E_ARGUMENT;\n\t}\n",
				field->name, (long long)field->high);
		} else if (field->kind == L1_TAIL || params_is_lease(field)) {
			c_text(b, "\tif (%s_bytes > %u) {\n\t\treturn E_ARGUMENT;\n\t}\n",
				field->name, length_max(field));
		}
	}
}

static void
method_write(struct buffer *b, const struct l1_interface *interface, const struct l1_method *method)
{
	const char *name = arena_format(
		b->arena, "%s_%s", c_lower(b, interface->short_name), c_lower(b, method->name));
	struct params params = {.b = b};

	contract_write(b, method);
	params_add(&params, "uint32_t capability");
	params_add_in(&params, interface, &method->call, "", PARAMS_CLIENT);
	params_add_out(&params, interface, &method->reply);
	params_add_out(&params, interface, &method->error);
	c_text(b, "static inline uint32_t\n%s", name);
	params_write(&params, strlen(name), "");
	buffer_text(b, "\n{\n\tstruct message buffer;\n\tstruct message *message = &buffer;\n");
	c_text(b, "\tuint32_t status%s;\n\n", method->is_idempotent ? " = E_DIED" : "");
	lengths_check(b, &method->call);
	if (method->is_idempotent) {
		buffer_text(b, "\tfor (uint32_t attempt = 0; attempt < 3 && (status == E_DIED || "
			       "status == E_RESTARTED);\n\t\tattempt++) {\n");
	}
	encode(b, method->is_idempotent ? "\t\t" : "\t", interface, &method->call);
	c_text(b, "%sstatus = ipc_call(capability, %s, message);\n%s",
		method->is_idempotent ? "\t\t" : "\t", c_upper(b, name),
		method->is_idempotent ? "\t}\n" : "");
	buffer_text(b, "\tif (status != E_OK) {\n\t\treturn status;\n\t}\n");
	error_decode(b, interface, method);
	decode(b, interface, &method->reply);
	buffer_text(b, "}\n\n");
}

/* For the server: what a client may. */
static void
ask_write(struct buffer *b, const struct l1_interface *interface, const struct l1_method *method)
{
	const char *name = c_lower(b, interface->short_name);
	const char *function = arena_format(b->arena, "%s_ask_%s", name, c_lower(b, method->name));
	struct params params = {.b = b};

	contract_write(b, method);
	c_text(b, "/* For a server: whether the policy lets its caller (reply 0: the present one, "
		  "else "
		  "the one\n * that this object holds) do that at this label of its own. E_OK or "
		  "E_DENIED. */\n");
	params_add(&params, "uint32_t reply");
	params_add(&params, "uint16_t label");
	params_add_in(&params, interface, &method->call, "", PARAMS_CLIENT);
	c_text(b, "static inline uint32_t\n%s", function);
	params_write(&params, strlen(function), "");
	buffer_text(b, "\n{\n\tstruct message buffer;\n\tstruct message *message = &buffer;\n\n");
	lengths_check(b, &method->call);
	encode(b, "\t", interface, &method->call);
	c_text(b, "\treturn ipc_ask(reply, label, %u, %s_%s, message);\n}\n\n", interface->id,
		c_upper(b, name), c_upper(b, method->name));
}

void
stubs_client(struct buffer *b, const struct l1_interface *interface)
{
	for (uint32_t i = 0; i < interface->method_count; i++) {
		const struct l1_method *method = &interface->methods[i];

		if (method->is_ask) {
			ask_write(b, interface, method);
		} else if (!method->is_reserved) {
			method_write(b, interface, method);
		}
	}
}
