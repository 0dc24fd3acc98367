/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One line that a person types: prompt, text so far, and what to show after each key. */
#include "line.h"

#include <string.h>

#define KEY_CTRL_C    0x03
#define KEY_BACKSPACE 0x08
#define KEY_CTRL_U    0x15
#define KEY_DELETE    0x7f

static void
show(struct line_echo *echo, const char *text)
{
	uint32_t length = (uint32_t)strlen(text);

	memcpy(echo->text + echo->length, text, length);
	echo->length += length;
}

static enum line_event
finish(struct line *line, uint8_t key, struct line_echo *echo)
{
	bool is_second_half = key == '\n' && line->after_return;

	line->after_return = key == '\r';
	if (is_second_half) {
		return LINE_NOTHING;
	}
	show(echo, "\r\n");
	return LINE_DONE;
}

static void
insert(struct line *line, uint8_t key, struct line_echo *echo)
{
	if (line->length == LINE_BYTES) {
		show(echo, "\a");
		return;
	}
	line->text[line->length++] = (char)key;
	echo->text[echo->length++] = (char)key;
}

enum line_event
line_key(struct line *line, uint8_t key, struct line_echo *echo)
{
	echo->length = 0;
	if (key == '\r' || key == '\n') {
		return finish(line, key, echo);
	}
	line->after_return = false;
	if (key == KEY_CTRL_C) {
		line->length = 0;
		show(echo, "^C\r\n");
		return LINE_LEAVE;
	}
	if (key == KEY_CTRL_U) {
		line->length = 0;
		return LINE_REDRAW;
	}
	if ((key == KEY_BACKSPACE || key == KEY_DELETE) && line->length > 0) {
		line->length--;
		show(echo, "\b \b");
	} else if (key >= ' ' && key < KEY_DELETE) {
		insert(line, key, echo);
	}
	return LINE_NOTHING;
}

void
line_note_output(struct line *line, const char *text, uint32_t length)
{
	for (uint32_t i = 0; i < length; i++) {
		if (text[i] == '\n') {
			line->prompt_length = 0;
		} else if (line->prompt_length < PROMPT_BYTES) {
			line->prompt[line->prompt_length++] = text[i];
		}
	}
}

void
line_clear(struct line *line)
{
	line->length = 0;
	line->prompt_length = 0;
}
