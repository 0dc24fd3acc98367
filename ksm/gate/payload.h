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
};

/* Makes a payload of the message with all that may be left out: each field its default or its value
 * nearest to 0, a path `/`, holes zero. */
void payload_begin(struct payload *payload, const struct l1_message *message);

/* Writes the low bytes of value where the field stands; a part of a text makes the payload as long
 * as it needs. Requires: it is no tail; the length of a text ends inside of the payload's room. */
void payload_set(struct payload *payload, const struct l1_field *field, int64_t value);

/* Returns interface << 16 | label of a handle. */
uint32_t payload_handle(const struct payload *payload, const struct l1_field *field);

/* Returns whether the field's bytes can hold the value, in its type's range or not. */
bool payload_holds(const struct l1_field *field, int64_t value);

#endif
