/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Capabilities that a server makes of its own endpoint. */
#include "gatehouse/resource.h"

#include <stdbool.h>
#include <string.h>

#include "gen/core/process.h"

uint32_t
resource_make(struct resource resource, uint32_t number, uint32_t *handle)
{
	if (number >= resource.count) {
		return E_DENIED; /* a larger one would be another interface's */
	}
	return process_grant(HANDLE_PROCESS, HANDLE_ENDPOINT,
		resource.gives << BADGE_GIVES_SHIFT | BADGE_RESOURCE | number,
		resource_label(resource), resource.interface, RIGHT_SEND, handle);
}

/* Whether `path` is `prefix` or below it, by whole components. */
static bool
is_under(const char *path, uint32_t bytes, const char *prefix)
{
	size_t length = strlen(prefix);

	return length == 1 || (bytes >= length && memcmp(path, prefix, length) == 0 &&
				      (bytes == length || path[length] == '/'));
}

uint32_t
resource_of_path(const char *path, uint32_t bytes)
{
	char key[] = "labels.00";
	const char *text;

	for (uint32_t n = 0; n < 100; n++) {
		uint32_t index = 0;

		key[7] = (char)('0' + n / 10);
		key[8] = (char)('0' + n % 10);
		text = process_attribute(key);
		if (text == NULL) {
			return RESOURCE_NONE;
		}
		for (; *text >= '0' && *text <= '9'; text++) {
			index = index * 10 + (uint32_t)(*text - '0');
		}
		if (is_under(path, bytes, text + 1)) {
			return index;
		}
	}
	return RESOURCE_NONE;
}
