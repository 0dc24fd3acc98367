/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Text built piece by piece in a fixed buffer; what does not fit is cut, never written. */
#ifndef SERVERS_AUDIT_TEXT_H
#define SERVERS_AUDIT_TEXT_H

#include <stdint.h>

struct text {
	char *bytes;
	uint32_t capacity;
	uint32_t length;
};

/* A format of whole numbers: in the audit server nothing else is printed (audit.mk). */
void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Blanks up to this column, at least one. */
void text_column(struct text *text, uint32_t column);

#endif
