/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Attributes: the constants that the system gives an instance. */
#include "gatehouse/process.h"

#include <string.h>

const char *
attribute_find(const char *attributes, uint32_t size_bytes, const char *key)
{
	size_t key_bytes = strlen(key);
	uint32_t at = 0;

	while (at < size_bytes && attributes[at] != '\0') {
		const char *end = memchr(attributes + at, '\0', size_bytes - at);
		if (end == NULL) {
			return NULL;
		}
		size_t bytes = (size_t)(end - (attributes + at));
		if (bytes > key_bytes && attributes[at + key_bytes] == '=' &&
			memcmp(attributes + at, key, key_bytes) == 0) {
			return attributes + at + key_bytes + 1;
		}
		at += (uint32_t)bytes + 1;
	}
	return NULL;
}

const char *
process_attribute(const char *key)
{
	const struct process_info *info = process_info();

	return attribute_find(info->attributes, sizeof(info->attributes), key);
}

uint64_t
process_number(const char *key, uint64_t otherwise)
{
	const char *text = process_attribute(key);
	uint64_t value = 0;

	if (text == NULL) {
		return otherwise;
	}
	for (; *text >= '0' && *text <= '9'; text++) {
		value = value * 10 + (uint64_t)(*text - '0');
	}
	return value;
}
