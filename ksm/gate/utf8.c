/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* utf8.c: RFC 3629, and the characters that make a text look like another one. */
#include "utf8.h"

#include <assert.h>

/* What the first byte says; a length of 0 is no first byte. code_min refuses longer spellings. */
struct lead {
	size_t length;
	uint32_t bits;
	uint32_t code_min;
};

static struct lead
lead_of(unsigned char byte)
{
	if (byte < 0x80) {
		return (struct lead){1, byte, 0};
	}
	if (byte >= 0xc0 && byte < 0xe0) {
		return (struct lead){2, byte & 0x1fu, 0x80};
	}
	if (byte >= 0xe0 && byte < 0xf0) {
		return (struct lead){3, byte & 0x0fu, 0x800};
	}
	if (byte >= 0xf0 && byte < 0xf8) {
		return (struct lead){4, byte & 0x07u, 0x10000};
	}
	return (struct lead){0, 0, 0};
}

static enum utf8_kind
kind_of(uint32_t code)
{
	if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029 ||
		code == 0xfeff) {
		return UTF8_CONTROL;
	}
	if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
		code == 0x200e || code == 0x200f || code == 0x061c) {
		return UTF8_DIRECTION;
	}
	return UTF8_GOOD;
}

struct utf8_char
utf8_look(const char *bytes, size_t available)
{
	struct lead lead = lead_of((unsigned char)bytes[0]);
	struct utf8_char invalid = {UTF8_INVALID, (unsigned char)bytes[0], 1};
	uint32_t code = lead.bits;

	assert(available > 0);
	if (lead.length == 0 || lead.length > available) {
		return invalid;
	}
	for (size_t i = 1; i < lead.length; i++) {
		unsigned char byte = (unsigned char)bytes[i];

		if ((byte & 0xc0u) != 0x80) {
			return invalid;
		}
		code = code << 6 | (byte & 0x3fu);
	}
	if (code < lead.code_min || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
		return invalid;
	}
	return (struct utf8_char){kind_of(code), code, lead.length};
}
