/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One line that a person types: prompt, text so far, and what to show after each key. */
#ifndef SERVERS_CONSOLE_LINE_H
#define SERVERS_CONSOLE_LINE_H

#include <stdbool.h>
#include <stdint.h>

#define LINE_BYTES   255u
#define PROMPT_BYTES 64u

struct line {
	char text[LINE_BYTES];
	uint32_t length;
	char prompt[PROMPT_BYTES];
	uint32_t prompt_length;
	bool after_return; /* the last key was a carriage return: a line feed now is part of it */
};

enum line_event {
	LINE_NOTHING,
	LINE_DONE,   /* the text is complete; take it and clear */
	LINE_REDRAW, /* the line is to be shown anew */
	LINE_LEAVE   /* Ctrl-C: the person wants to know how to leave */
};

/* Output of at most LINE_ECHO_BYTES for the terminal. */
#define LINE_ECHO_BYTES 16u
struct line_echo {
	char text[LINE_ECHO_BYTES];
	uint32_t length;
};

/* Takes one byte from the terminal; what to show is in `echo`. */
enum line_event line_key(struct line *line, uint8_t key, struct line_echo *echo);

/* Text went out: what follows its last end of line is the prompt of whoever reads next. */
void line_note_output(struct line *line, const char *text, uint32_t length);

void line_clear(struct line *line);

#endif
