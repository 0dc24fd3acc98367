/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* boards.c: the boards that gate knows. */
#include "boards.h"

#include <stdbool.h>
#include <stddef.h>

static bool
name_fits(const char *board_name, const char *name)
{
	while (*board_name != '\0' &&
		(*board_name == *name || (*board_name == '-' && *name == '_'))) {
		board_name++;
		name++;
	}
	return *board_name == '\0' && *name == '\0';
}

const struct board *
boards_find(const char *name)
{
	for (uint32_t i = 0; gate_boards[i] != NULL; i++) {
		if (name_fits(gate_boards[i]->name, name)) {
			return gate_boards[i];
		}
	}
	return NULL;
}

uint32_t
boards_count(void)
{
	uint32_t count = 0;

	while (gate_boards[count] != NULL) {
		count++;
	}
	return count;
}
