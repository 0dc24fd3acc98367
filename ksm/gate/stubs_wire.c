/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_wire.c: the header that all generated stubs include. */
#include "c_text.h"
#include "stubs_interface.h"

static void
put_get(struct buffer *b, unsigned bits)
{
	c_text(b,
		"static inline void\n"
		"gate_put_u%u(struct message *message, uint32_t offset, uint%u_t value)\n"
		"{\n"
		"\t__builtin_memcpy(message->bytes + offset, &value, sizeof(value));\n"
		"}\n\n"
		"static inline uint%u_t\n"
		"gate_get_u%u(const struct message *message, uint32_t offset)\n"
		"{\n"
		"\tuint%u_t value;\n\n"
		"\t__builtin_memcpy(&value, message->bytes + offset, sizeof(value));\n"
		"\treturn value;\n"
		"}\n\n",
		bits, bits, bits, bits, bits);
}

void
stubs_wire(struct buffer *b)
{
	c_header_start(b, "GEN_GATE_WIRE_H", "What generated stubs share.");
	buffer_text(b,
		"#include <stdbool.h>\n#include <stdint.h>\n\n"
		"#include \"gatehouse/ipc.h\"\n\n"
		"/* What a client gets for the n-th error of an interface: GATE_ERROR + n; "
		"statuses of the\n"
		" * system (E_*) are below. */\n"
		"#define GATE_ERROR UINT32_C(0x100)\n\n"
		"/* A server's function returns it to answer later: it holds the caller in "
		"a reply object\n"
		" * (reply_hold) and sends what NAME_METHOD_reply makes. */\n"
		"#define GATE_LATER UINT32_C(0xffffffff)\n\n"
		"/* A server's function returns it when the request breaks the protocol: the "
		"caller's thread\n"
		" * faults. */\n"
		"#define GATE_FAULT UINT32_C(0xfffffffe)\n\n"
		"_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, \"payloads are "
		"little-endian\");\n\n");
	put_get(b, 8);
	put_get(b, 16);
	put_get(b, 32);
	put_get(b, 64);
	buffer_text(b, "/* The n-th lease of the present caller's request. */\n"
		       "static inline struct lease\n"
		       "gate_lease(const struct message *message, uint32_t index)\n"
		       "{\n"
		       "\tstruct lease lease = {0, index, gate_get_u32(message, 4 * index)};\n"
		       "\n"
		       "\treturn lease;\n"
		       "}\n\n");
	buffer_text(b, "/* What a client's function returns for a reply of at least low_bytes. */\n"
		       "static inline uint32_t\n"
		       "gate_reply_status(const struct message *message, uint32_t low_bytes)\n"
		       "{\n"
		       "\tuint32_t error = info_method(message->info);\n\n"
		       "\tif (error != 0) {\n"
		       "\t\treturn GATE_ERROR + error;\n"
		       "\t}\n"
		       "\treturn info_length(message->info) < low_bytes ? E_STATE : E_OK;\n"
		       "}\n\n"
		       "/* Turns a server's status into a reply without payload. One that is no "
		       "error of the interface\n"
		       " * becomes a reply that the monitor refuses, so that it is seen. */\n"
		       "static inline void\n"
		       "gate_answer_error(struct message *message, uint32_t status)\n"
		       "{\n"
		       "\tbool is_error = status > GATE_ERROR && status - GATE_ERROR < "
		       "INFO_METHOD_MASK;\n\n"
		       "\tmessage->info = info_make(is_error               ? status - GATE_ERROR\n"
		       "\t\t\t\t  : status == GATE_FAULT ? REPLY_FAULT\n"
		       "\t\t\t\t\t\t\t: INFO_METHOD_MASK,\n"
		       "\t\t0);\n"
		       "}\n\n");
	c_header_end(b);
}
