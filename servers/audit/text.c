/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Text built piece by piece in a fixed buffer; what does not fit is cut, never written. */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>

void
text_add(struct text *text, const char *format, ...)
{
	uint32_t room = text->capacity - text->length;
	va_list arguments;

	if (room == 0) {
		return;
	}
	va_start(arguments, format);
	int wanted = vsnprintf(text->bytes + text->length, room, format, arguments);
	va_end(arguments);
	if (wanted < 0) {
		return;
	}
	text->length += (uint32_t)wanted < room ? (uint32_t)wanted : room - 1;
}

void
text_column(struct text *text, uint32_t column)
{
	uint32_t line_start = text->length;

	while (line_start > 0 && text->bytes[line_start - 1] != '\n') {
		line_start--;
	}
	do {
		text_add(text, " ");
	} while (text->length - line_start < column && text->length + 1 < text->capacity);
}
