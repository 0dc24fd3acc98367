/* SPDX-License-Identifier: 0BSD */
/* Lines that were typed before. */
#include "history.h"

#include <stdio.h>
#include <string.h>

#define LINES 32u /* power of two */

static char lines[LINES][HISTORY_BYTES];
static char typed_line[HISTORY_BYTES];
static unsigned count; /* of all that were ever kept */
static unsigned back;  /* how many of them up */

static char *
line_at(unsigned number)
{
	return lines[number % LINES];
}

void
history_add(const char *line)
{
	if (*line == '\0' || (count > 0 && strcmp(line_at(count - 1), line) == 0)) {
		return;
	}
	snprintf(line_at(count++), HISTORY_BYTES, "%s", line);
}

void
history_begin(void)
{
	back = 0;
}

const char *
history_up(const char *typed)
{
	if (back == count || back == LINES) {
		return NULL;
	}
	if (back == 0) {
		snprintf(typed_line, sizeof(typed_line), "%s", typed);
	}
	return line_at(count - ++back);
}

const char *
history_down(void)
{
	if (back == 0) {
		return NULL;
	}
	return --back == 0 ? typed_line : line_at(count - back);
}
