/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One line that a person types: prompt, text, where the cursor is, and what to show after a key. */
#ifndef SERVERS_CONSOLE_LINE_H
#define SERVERS_CONSOLE_LINE_H

#include <stdbool.h>
#include <stdint.h>

#define LINE_BYTES   255u
#define PROMPT_BYTES 64u
#define LINE_COLUMNS 80u /* of a terminal; a longer line is shown in part */

#define LINE_KEY_INTERRUPT 0x03 /* Ctrl-C */

enum line_escape { ESCAPE_NONE, ESCAPE_BEGUN, ESCAPE_BRACKET, ESCAPE_LETTER };

struct line {
	char text[LINE_BYTES];
	uint32_t length;
	uint32_t at;    /* the cursor stands in front of this byte */
	uint32_t first; /* the first byte that is shown */
	char prompt[PROMPT_BYTES];
	uint32_t prompt_length;
	bool after_return; /* the last key was a carriage return: a line feed now is part of it */
	uint8_t escape;    /* enum line_escape: how far a key of several bytes has come (ECMA-48) */
	uint32_t parameter; /* the number in it */
};

enum line_event {
	LINE_NOTHING,
	LINE_DONE,   /* the text is complete; take it and clear */
	LINE_REDRAW, /* the line is to be shown anew */
	LINE_SCREEN, /* the same, on an empty screen */
	LINE_LEAVE,  /* Ctrl-C: the person wants to know how to leave */
	LINE_END,    /* Ctrl-D in an empty line */
	LINE_TAB,    /* keys that say something to whoever reads the line */
	LINE_UP,
	LINE_DOWN
};

/* Output of at most LINE_ECHO_BYTES for the terminal. */
#define LINE_ECHO_BYTES 384u
struct line_echo {
	char text[LINE_ECHO_BYTES];
	uint32_t length;
};

/* Takes one byte from the terminal, whatever it is; what to show is in `echo`. */
enum line_event line_key(struct line *line, uint8_t key, struct line_echo *echo);

/* To the first column, and everything behind it erased (ECMA-48 EL). */
#define LINE_ERASE       "\r\033[K"
#define LINE_ERASE_BYTES (sizeof(LINE_ERASE) - 1)

/* What shows prompt and text on a row of the terminal, with the cursor where it belongs; it begins
 * with LINE_ERASE. */
void line_draw(struct line *line, struct line_echo *echo);

/* Puts a text in place of what was typed; at: the cursor. What cannot be in a line is left out. */
void line_set(struct line *line, const char *text, uint32_t length, uint32_t at);

/* Text went out: what follows its last end of line is the prompt of whoever reads next. */
void line_note_output(struct line *line, const char *text, uint32_t length);

void line_clear(struct line *line);

#endif
