/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Growing byte strings and little-endian numbers of mkimage, and the one way to say what is wrong.
 */
#ifndef IMAGE_BYTES_H
#define IMAGE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Nothing that this tool reads or writes is larger; it keeps every sum far from overflow. */
#define BYTES_LENGTH_MAX ((size_t)256 << 20)

/* Why something was refused: one sentence without a final stop. Functions that take one fill it
 * exactly when they return false. */
struct problem {
	char text[240];
};

struct bytes {
	uint8_t *data;
	size_t length;
	size_t capacity;
};

/* Fills the problem; returns false, so that a check is `return problem_set(...)`. */
bool problem_set(struct problem *problem, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Appends `length` zero bytes and returns where they start; ends the program if memory is out or
 * BYTES_LENGTH_MAX would be passed. The pointer is valid until the next append. */
uint8_t *bytes_append_zeros(struct bytes *bytes, size_t length);
void bytes_append(struct bytes *bytes, const void *data, size_t length);
/* Appends zeros up to the next multiple of PAGE_BYTES. */
void bytes_pad_page(struct bytes *bytes);
void bytes_free(struct bytes *bytes);

/* The next multiple of PAGE_BYTES; value is at most BYTES_LENGTH_MAX. */
size_t page_round(size_t value);
bool bytes_are_zero(const uint8_t *data, size_t length);

uint16_t get_le16(const uint8_t *data);
uint32_t get_le32(const uint8_t *data);
uint64_t get_le64(const uint8_t *data);
void put_le32(uint8_t *data, uint32_t value);
void put_le64(uint8_t *data, uint64_t value);

#endif
