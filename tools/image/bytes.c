/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Growing byte strings, little-endian numbers, problems. */
#include "tools/image/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/abi.h"

bool
problem_set(struct problem *problem, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(problem->text, sizeof(problem->text), format, arguments);
	va_end(arguments);
	return false;
}

uint8_t *
bytes_append_zeros(struct bytes *bytes, size_t length)
{
	uint8_t *start;

	if (length > BYTES_LENGTH_MAX || bytes->length > BYTES_LENGTH_MAX - length) {
		fprintf(stderr, "mkimage: error: more than %zu bytes in one file\n",
			BYTES_LENGTH_MAX);
		exit(1);
	}
	if (bytes->length + length > bytes->capacity) {
		size_t capacity = page_round(bytes->length + length) * 2;
		uint8_t *data = realloc(bytes->data, capacity);

		if (data == NULL) {
			fputs("mkimage: error: out of memory\n", stderr);
			exit(1);
		}
		bytes->data = data;
		bytes->capacity = capacity;
	}
	if (length == 0) {
		return bytes->data;
	}
	start = bytes->data + bytes->length;
	memset(start, 0, length);
	bytes->length += length;
	return start;
}

void
bytes_append(struct bytes *bytes, const void *data, size_t length)
{
	if (length > 0) {
		memcpy(bytes_append_zeros(bytes, length), data, length);
	}
}

void
bytes_pad_page(struct bytes *bytes)
{
	bytes_append_zeros(bytes, page_round(bytes->length) - bytes->length);
}

void
bytes_free(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){0};
}

size_t
page_round(size_t value)
{
	return (value + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
}

bool
bytes_are_zero(const uint8_t *data, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (data[i] != 0) {
			return false;
		}
	}
	return true;
}

uint16_t
get_le16(const uint8_t *data)
{
	return (uint16_t)(data[0] | data[1] << 8);
}

uint32_t
get_le32(const uint8_t *data)
{
	return get_le16(data) | (uint32_t)get_le16(data + 2) << 16;
}

uint64_t
get_le64(const uint8_t *data)
{
	return get_le32(data) | (uint64_t)get_le32(data + 4) << 32;
}

void
put_le32(uint8_t *data, uint32_t value)
{
	for (int i = 0; i < 4; i++) {
		data[i] = (uint8_t)(value >> 8 * i);
	}
}

void
put_le64(uint8_t *data, uint64_t value)
{
	put_le32(data, (uint32_t)value);
	put_le32(data + 4, (uint32_t)(value >> 32));
}
