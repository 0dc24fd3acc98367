/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What this process was wired to, by name: `gate` wrote a line for each use behind the attributes.
 */
#include "gatehouse/uses.h"

#include <string.h>

#include "gatehouse/process.h"

#define PREFIX "uses."

/* "uses.NAME=HANDLE INTERFACE" */
static bool
read_line(const char *line, struct use *use)
{
	const char *equals = strchr(line, '=');
	const char *digit = equals == NULL ? NULL : equals + 1;

	if (strncmp(line, PREFIX, sizeof(PREFIX) - 1) != 0 || equals == NULL) {
		return false;
	}
	use->name = line + sizeof(PREFIX) - 1;
	use->name_bytes = (size_t)(equals - use->name);
	use->handle = 0;
	while (*digit >= '0' && *digit <= '9') {
		use->handle = use->handle * 10 + (uint32_t)(*digit++ - '0');
	}
	use->interface = digit + (*digit == ' ');
	return true;
}

/* The line behind one, or the first; NULL: no more. */
static const char *
next_line(const char *line)
{
	const struct process_info *info = process_info();

	line = line == NULL ? info->attributes : line + strlen(line) + 1;
	return line >= info->attributes + sizeof(info->attributes) || *line == '\0' ? NULL : line;
}

bool
uses_next(uint32_t number, struct use *use)
{
	for (const char *line = next_line(NULL); line != NULL; line = next_line(line)) {
		if (read_line(line, use) && number-- == 0) {
			return true;
		}
	}
	return false;
}

bool
uses_find(const char *name, size_t name_bytes, struct use *use)
{
	for (uint32_t i = 0; uses_next(i, use); i++) {
		if (use->name_bytes == name_bytes && memcmp(use->name, name, name_bytes) == 0) {
			return true;
		}
	}
	return false;
}

bool
uses_of(const char *interface, struct use *use)
{
	for (uint32_t i = 0; uses_next(i, use); i++) {
		if (strcmp(use->interface, interface) == 0) {
			return true;
		}
	}
	return false;
}
