/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Names of files: one spelling, so that what a policy judged is what is opened (decisions D5). */
#include "path.h"

#include "store.h"

static bool
is_control(char byte)
{
	return (unsigned char)byte < 0x20 || byte == 0x7f;
}

/* A part that ends in a dot covers `.` and `..`. */
static bool
part_is_good(const char *part, uint32_t bytes)
{
	if (bytes == 0 || bytes > STORE_ENTRY_BYTES || part[bytes - 1] == '.' ||
		part[bytes - 1] == ' ') {
		return false;
	}
	for (uint32_t i = 0; i < bytes; i++) {
		if (is_control(part[i])) {
			return false;
		}
	}
	return true;
}

/* Behind the slash at *at, up to the next one or the end. */
static void
take_part(const char *name, uint32_t bytes, uint32_t *at, const char **part, uint32_t *part_bytes)
{
	uint32_t start = ++*at;

	while (*at < bytes && name[*at] != '/') {
		++*at;
	}
	*part = name + start;
	*part_bytes = *at - start;
}

bool
path_is_good(const char *name, uint32_t bytes)
{
	const char *part;
	uint32_t part_bytes;
	uint32_t at = 0;

	if (bytes == 0 || bytes > STORE_NAME_BYTES || name[0] != '/') {
		return false;
	}
	while (bytes > 1 && at < bytes) {
		take_part(name, bytes, &at, &part, &part_bytes);
		if (!part_is_good(part, part_bytes)) {
			return false;
		}
	}
	return true;
}

bool
path_next(const char *name, uint32_t bytes, uint32_t *at, const char **part, uint32_t *part_bytes)
{
	if (bytes == 1 || *at >= bytes) {
		return false;
	}
	take_part(name, bytes, at, part, part_bytes);
	return true;
}

void
path_split(const char *name, uint32_t bytes, uint32_t *folder_bytes, const char **last,
	uint32_t *last_bytes)
{
	uint32_t slash = bytes - 1;

	while (name[slash] != '/') {
		slash--;
	}
	*folder_bytes = slash == 0 ? 1 : slash;
	*last = name + slash + 1;
	*last_bytes = bytes - slash - 1;
}
