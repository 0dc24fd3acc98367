/* SPDX-License-Identifier: 0BSD */
/* A line from a person: the console edits it, and says which keys mean something here. */
#include "editor.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "complete.h"
#include "gatehouse/process.h"
#include "process_shell.h"

/* Standard input and output are the same console. */
const uint32_t gatehouse_console_handle = SHELL_CONSOLE;

struct edited {
	char *line; /* HISTORY_BYTES */
	size_t at;
};

static void
replace(struct edited *edited, const char *text)
{
	if (text != NULL) {
		snprintf(edited->line, HISTORY_BYTES, "%s", text);
		edited->at = strlen(edited->line);
	}
}

static uint32_t
edit(struct edited *edited, enum console_key *key)
{
	uint32_t bytes = 0;
	uint8_t at = 0;
	uint32_t status = console_edit(SHELL_CONSOLE, (uint8_t)edited->at, edited->line,
		(uint32_t)strlen(edited->line), key, &at, edited->line, HISTORY_BYTES - 1, &bytes);

	if (status == E_OK) {
		edited->line[bytes] = '\0';
		edited->at = at <= bytes ? at : bytes;
	}
	return status;
}

bool
editor_read(const char *prompt, char line[HISTORY_BYTES])
{
	struct edited edited = {.line = line};
	enum console_key key = CONSOLE_KEY_TAB;

	*line = '\0';
	history_begin();
	printf("%s", prompt);
	for (;;) {
		fflush(stdout);
		uint32_t status = edit(&edited, &key);
		if (status == E_RESTARTED || status == E_DIED) {
			continue;
		}
		if (status != E_OK) {
			return false;
		}
		switch (key) {
		case CONSOLE_KEY_UP:
			replace(&edited, history_up(line));
			break;
		case CONSOLE_KEY_DOWN:
			replace(&edited, history_down());
			break;
		case CONSOLE_KEY_TAB:
			if (complete(line, HISTORY_BYTES, &edited.at)) {
				printf("%s", prompt);
			}
			break;
		default:
			history_add(line);
			return true;
		}
	}
}
