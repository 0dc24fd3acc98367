/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* payload.h: a payload put together field by field, as tests and the validator want it. */
#ifndef GATE_PAYLOAD_H
#define GATE_PAYLOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/abi.h"
#include "l1_interface.h"

struct payload {
	uint8_t bytes[MESSAGE_BYTES_MAX + 8]; /* room for payloads that are too long */
	uint32_t length_bytes;
	uint32_t status; /* of an error: its number, 1 at first */
};

/* Makes a payload of the message with all that may be left out: each field its default or its value
 * nearest to 0, a path `/`, holes zero. */
void payload_begin(struct payload *payload, const struct l1_message *message);

/* Writes the low bytes of value where the field stands; a part of a text, and how many elements
 * a list has, make the payload as long as it needs. Requires: it is no tail; the payload has room.
 */
void payload_set(struct payload *payload, const struct l1_field *field, int64_t value);

/* Returns whether the field is there, by what says so [T18]. */
bool payload_has(const struct payload *payload, const struct l1_field *field);

/* Makes the field be there: what says it says it. */
void payload_need(struct payload *payload, const struct l1_field *field);

/* Gives the fields that are there by what says so their value nearest to 0, and those that are not
 * 0; what says it stays as it is if it is there. */
void payload_settle(struct payload *payload, const struct l1_message *message);

/* Returns interface << 16 | label of a handle. */
uint32_t payload_handle(const struct payload *payload, const struct l1_field *field);

/* Returns whether the field's bytes can hold the value, in its type's range or not. */
bool payload_holds(const struct l1_field *field, int64_t value);

#endif
