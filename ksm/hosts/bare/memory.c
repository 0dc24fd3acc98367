/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a compiler calls by itself, and the few others that the image uses. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

void *
memcpy(void *to, const void *from, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		((uint8_t *)to)[i] = ((const uint8_t *)from)[i];
	}
	return to;
}

void *
memset(void *to, int value, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		((uint8_t *)to)[i] = (uint8_t)value;
	}
	return to;
}

int
memcmp(const void *a, const void *b, size_t count)
{
	const uint8_t *left = a;
	const uint8_t *right = b;

	for (size_t i = 0; i < count; i++) {
		if (left[i] != right[i]) {
			return left[i] < right[i] ? -1 : 1;
		}
	}
	return 0;
}

int
strcmp(const char *a, const char *b)
{
	while (*a != '\0' && *a == *b) {
		a++;
		b++;
	}
	return (unsigned char)*a - (unsigned char)*b;
}
