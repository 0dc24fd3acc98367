/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One line that a person types: prompt, text, where the cursor is, and what to show after a key. */
#include "line.h"

#include <string.h>

#define CONTROL(letter) ((letter)&0x1f)
#define KEY_ESCAPE      0x1b
#define KEY_DELETE      0x7f
#define PARAMETER_MOST  99u

static void
show(struct line_echo *echo, const char *text, uint32_t length)
{
	memcpy(echo->text + echo->length, text, length);
	echo->length += length;
}

static void
show_text(struct line_echo *echo, const char *text)
{
	show(echo, text, (uint32_t)strlen(text));
}

static enum line_event
bell(struct line_echo *echo)
{
	show_text(echo, "\a");
	return LINE_NOTHING;
}

/* --- what is seen of it ---------------------------------------------------------------------- */

/* Columns that the text has on its row; the last one stays free for the cursor. */
static uint32_t
room_of(const struct line *line)
{
	return LINE_COLUMNS - 1 - line->prompt_length;
}

/* The part of a long line that is shown moves by half of it at a time. True if it moved. */
static bool
move_part(struct line *line)
{
	uint32_t room = room_of(line);
	uint32_t first = line->first;

	if (line->at < line->first) {
		line->first = line->at > room / 2 ? line->at - room / 2 : 0;
	} else if (line->at > line->first + room) {
		line->first = line->at - room / 2;
	}
	return line->first != first;
}

void
line_draw(struct line *line, struct line_echo *echo)
{
	char move[] = "\r\033[000C";
	uint32_t columns;

	(void)move_part(line);
	uint32_t shown = line->length - line->first;
	if (shown > room_of(line)) {
		shown = room_of(line);
	}
	echo->length = 0;
	show_text(echo, LINE_ERASE);
	show(echo, line->prompt, line->prompt_length);
	show(echo, line->text + line->first, shown);
	if (line->at - line->first == shown) {
		return;
	}
	columns = line->prompt_length + line->at - line->first;
	move[3] = (char)('0' + columns / 100);
	move[4] = (char)('0' + columns / 10 % 10);
	move[5] = (char)('0' + columns % 10);
	/* 0 columns would be one (ECMA-48 CUF). */
	show_text(echo, columns == 0 ? "\r" : move);
}

/* --- changes --------------------------------------------------------------------------------- */

static enum line_event
move_to(struct line *line, uint32_t at)
{
	if (at == line->at) {
		return LINE_NOTHING;
	}
	line->at = at;
	return LINE_REDRAW;
}

/* Takes away what stands between two places; the cursor is at the first then. */
static enum line_event
cut(struct line *line, uint32_t from, uint32_t to)
{
	if (from == to) {
		return LINE_NOTHING;
	}
	memmove(line->text + from, line->text + to, line->length - to);
	line->length -= to - from;
	line->at = from;
	return LINE_REDRAW;
}

static enum line_event
delete_before(struct line *line, struct line_echo *echo)
{
	if (line->at == 0) {
		return LINE_NOTHING;
	}
	if (line->at < line->length || line->first > 0) {
		return cut(line, line->at - 1, line->at);
	}
	line->at--;
	line->length--;
	show_text(echo, "\b \b");
	return LINE_NOTHING;
}

/* Where the word before the cursor begins. */
static uint32_t
word_before(const struct line *line)
{
	uint32_t at = line->at;

	while (at > 0 && line->text[at - 1] == ' ') {
		at--;
	}
	while (at > 0 && line->text[at - 1] != ' ') {
		at--;
	}
	return at;
}

static enum line_event
insert(struct line *line, uint8_t key, struct line_echo *echo)
{
	if (line->length == LINE_BYTES) {
		return bell(echo);
	}
	memmove(line->text + line->at + 1, line->text + line->at, line->length - line->at);
	line->text[line->at++] = (char)key;
	line->length++;
	if (line->at < line->length || move_part(line)) {
		return LINE_REDRAW;
	}
	show(echo, line->text + line->at - 1, 1);
	return LINE_NOTHING;
}

/* --- keys ------------------------------------------------------------------------------------ */

static enum line_event
finish(struct line *line, uint8_t key, struct line_echo *echo)
{
	bool is_second_half = key == '\n' && line->after_return;

	line->after_return = key == '\r';
	if (is_second_half) {
		return LINE_NOTHING;
	}
	/* What stays on the terminal is all of it, on as many rows as that takes. */
	if (line->length > room_of(line)) {
		show_text(echo, LINE_ERASE);
		show(echo, line->prompt, line->prompt_length);
		show(echo, line->text, line->length);
	}
	show_text(echo, "\r\n");
	return LINE_DONE;
}

static enum line_event
key_right(struct line *line)
{
	return line->at < line->length ? move_to(line, line->at + 1) : LINE_NOTHING;
}

static enum line_event
key_left(struct line *line)
{
	return line->at > 0 ? move_to(line, line->at - 1) : LINE_NOTHING;
}

static enum line_event
delete_after(struct line *line)
{
	return line->at < line->length ? cut(line, line->at, line->at + 1) : LINE_NOTHING;
}

static enum line_event
key_control(struct line *line, uint8_t key, struct line_echo *echo)
{
	switch (key) {
	case CONTROL('A'):
		return move_to(line, 0);
	case CONTROL('B'):
		return key_left(line);
	case CONTROL('C'):
		line->length = line->at = line->first = 0;
		show_text(echo, "^C\r\n");
		return LINE_LEAVE;
	case CONTROL('D'):
		return line->length == 0 ? LINE_END : delete_after(line);
	case CONTROL('E'):
		return move_to(line, line->length);
	case CONTROL('F'):
		return key_right(line);
	case CONTROL('H'):
	case KEY_DELETE:
		return delete_before(line, echo);
	case CONTROL('I'):
		return LINE_TAB;
	case CONTROL('K'): {
		uint32_t at = line->at;
		return cut(line, at, line->length);
	}
	case CONTROL('L'):
		return LINE_SCREEN;
	case CONTROL('N'):
		return LINE_DOWN;
	case CONTROL('P'):
		return LINE_UP;
	case CONTROL('U'):
		return cut(line, 0, line->at);
	case CONTROL('W'):
		return cut(line, word_before(line), line->at);
	case KEY_ESCAPE:
		line->escape = ESCAPE_BEGUN;
		return LINE_NOTHING;
	default:
		return LINE_NOTHING;
	}
}

/* The last byte of a key of several: ESC [ A, ESC O A, ESC [ 3 ~. Others mean nothing. */
static enum line_event
key_final(struct line *line, uint8_t key)
{
	switch (key) {
	case 'A':
		return LINE_UP;
	case 'B':
		return LINE_DOWN;
	case 'C':
		return key_right(line);
	case 'D':
		return key_left(line);
	case 'H':
		return move_to(line, 0);
	case 'F':
		return move_to(line, line->length);
	case '~':
		break;
	default:
		return LINE_NOTHING;
	}
	switch (line->parameter) {
	case 1:
	case 7:
		return move_to(line, 0);
	case 4:
	case 8:
		return move_to(line, line->length);
	case 3:
		return delete_after(line);
	default:
		return LINE_NOTHING;
	}
}

static enum line_event
key_escaped(struct line *line, uint8_t key)
{
	uint8_t state = line->escape;

	line->escape = ESCAPE_NONE;
	if (state == ESCAPE_BEGUN) {
		line->parameter = 0;
		line->escape = key == '['   ? ESCAPE_BRACKET
			       : key == 'O' ? ESCAPE_LETTER
					    : ESCAPE_NONE;
		return LINE_NOTHING;
	}
	if (state == ESCAPE_LETTER || (key >= 0x40 && key < KEY_DELETE)) {
		return key_final(line, key);
	}
	if (key >= '0' && key <= '9' && line->parameter <= PARAMETER_MOST) {
		line->parameter = line->parameter * 10 + key - '0';
	}
	/* Whatever else may stand in it (ECMA-48, 5.4). */
	line->escape = key >= ' ' && key < 0x40 ? ESCAPE_BRACKET : ESCAPE_NONE;
	return LINE_NOTHING;
}

enum line_event
line_key(struct line *line, uint8_t key, struct line_echo *echo)
{
	echo->length = 0;
	/* Enter is Enter, also in the middle of what begins like another key. */
	if (key == '\r' || key == '\n') {
		line->escape = ESCAPE_NONE;
		return finish(line, key, echo);
	}
	line->after_return = false;
	if (line->escape != ESCAPE_NONE && key != KEY_ESCAPE) {
		return key_escaped(line, key);
	}
	if (key < ' ' || key == KEY_DELETE) {
		return key_control(line, key, echo);
	}
	return key < KEY_DELETE ? insert(line, key, echo) : LINE_NOTHING;
}

/* --- the whole ------------------------------------------------------------------------------- */

void
line_set(struct line *line, const char *text, uint32_t length, uint32_t at)
{
	line->length = 0;
	for (uint32_t i = 0; i < length && line->length < LINE_BYTES; i++) {
		if (text[i] >= ' ' && text[i] < KEY_DELETE) {
			line->text[line->length++] = text[i];
		}
	}
	line->at = at < line->length ? at : line->length;
	line->first = 0;
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
	line->at = 0;
	line->first = 0;
	line->prompt_length = 0;
}
