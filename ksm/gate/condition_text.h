/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* condition_text.h: conditions and values as a person would write them. */
#ifndef GATE_CONDITION_TEXT_H
#define GATE_CONDITION_TEXT_H

#include <stdint.h>

struct arena;
struct l1_condition;
struct l1_field;

/* Returns "always" for a condition that tests nothing, "never" for one that cannot hold. */
const char *condition_text(struct arena *a, const struct l1_condition *condition);

/* Returns 8 bytes of a text (L1_LOOK_EIGHT) without quotes and the zeros at their end. */
const char *condition_eight_text(struct arena *a, int64_t value);

/* Returns the field as a rule names it: NAME.len of a lease or a text. */
const char *condition_field_text(struct arena *a, const struct l1_field *field);

/* Returns the name of an enum's value, true or false, bytes of a text in quotes, or the number. */
const char *condition_value_text(struct arena *a, const struct l1_field *field, int64_t value);

/* Returns `level = 3`; of what says that something is there `arg has level`, `not arg has level`,
 * `shape has circle`. */
const char *condition_is_text(struct arena *a, const struct l1_field *field, int64_t value);

/* Returns a time in the largest unit of which it is a whole number: `200ms`. */
const char *condition_time_text(struct arena *a, uint64_t ns);

#endif
