/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_core.c: what the kernel needs to decode its own methods without knowing layouts. */
#include "abi/abi.h"
#include "c_text.h"
#include "stubs_interface.h"

bool
stubs_is_core(const struct l1_interface *interface)
{
	return interface->id < INTERFACE_USER;
}

static void
message_write(
	struct buffer *b, const char *prefix, const char *out, const struct l1_message *message)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		c_text(b, "#define %s_%s%s_OFFSET %u\n", prefix, out,
			c_upper(b, message->fields[i].name), message->fields[i].offset_bytes);
	}
}

static void
interface_write(struct buffer *b, const struct l1_interface *interface)
{
	const char *name = c_upper(b, interface->short_name);

	c_text(b, "/* %s */\n", interface->name);
	for (uint32_t i = 0; i < interface->method_count; i++) {
		const struct l1_method *method = &interface->methods[i];
		const char *prefix =
			arena_format(b->arena, "%s_%s", name, c_upper(b, method->name));

		if (method->is_reserved) {
			continue;
		}
		c_text(b, "#define %s %u\n", prefix, method->number);
		message_write(b, prefix, "", &method->call);
		c_text(b, "#define %s_CALL_BYTES %u\n", prefix, method->call.fixed_bytes);
		message_write(b, prefix, "OUT_", &method->reply);
		c_text(b, "#define %s_REPLY_BYTES %u\n", prefix, method->reply.fixed_bytes);
	}
	c_text(b, "#define %s_METHODS %u\n\n", name, interface->method_count);
}

void
stubs_core(struct buffer *b, const struct l1 *l1)
{
	uint32_t methods_max = 0;

	c_header_start(b, "GEN_CORE_ABI_H",
		"The kernel's interfaces in numbers: methods, offsets in payloads, lengths.");
	buffer_text(
		b, "/* SHA-256 of these interfaces; a policy was built for the same ones. */\n");
	buffer_text(b, "#define CORE_ABI_DIGEST \\\n\t{");
	for (uint32_t i = 0; i < sizeof(l1->core_digest); i++) {
		const char *gap = i == 0 ? "" : i % 8 == 0 ? ", \\\n\t\t" : ", ";

		c_text(b, "%s0x%02x", gap, l1->core_digest[i]);
	}
	buffer_text(b, "}\n\n");
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		const struct l1_interface *interface = &l1->interfaces[i];

		if (stubs_is_core(interface)) {
			interface_write(b, interface);
			methods_max = interface->method_count > methods_max
					      ? interface->method_count
					      : methods_max;
		}
	}
	c_text(b,
		"/* The highest method number of any of them. */\n#define CORE_METHODS_MAX %u\n\n",
		methods_max);
	c_header_end(b);
}
