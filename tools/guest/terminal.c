/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The terminal of a person: keys one by one, and always given back as it was. */
#include "terminal.h"

#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#define KEY_CTRL_A 0x01
#define KEY_CTRL_C 0x03

static struct termios saved;
static volatile bool is_open;

void
terminal_open(void)
{
	struct termios raw;

	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &saved) != 0) {
		return;
	}
	raw = saved;
	/* Output stays cooked: what this program says itself ends lines with \n alone. */
	raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | ISTRIP | IXON);
	raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	is_open = true;
	(void)atexit(terminal_close);
	(void)tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

void
terminal_close(void)
{
	if (is_open) {
		is_open = false;
		(void)tcsetattr(STDIN_FILENO, TCSANOW, &saved);
	}
}

enum terminal_wish
terminal_filter(struct terminal *terminal, char *keys, size_t *length)
{
	enum terminal_wish wish = TERMINAL_NOTHING;
	size_t kept = 0;

	for (size_t i = 0; i < *length; i++) {
		char key = keys[i];
		bool escaped = terminal->after_escape;

		terminal->after_escape = false;
		if (escaped && (key == 'x' || key == 'X')) {
			wish = TERMINAL_LEAVE;
		} else if (key == KEY_CTRL_A && !escaped) {
			terminal->after_escape = true;
		} else if (key == KEY_CTRL_C) {
			wish = TERMINAL_EXPLAIN;
		} else {
			keys[kept++] = key;
		}
	}
	*length = kept;
	return wish;
}
