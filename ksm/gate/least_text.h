/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* least_text.h: a message as a rule for it alone would say it. Texts live as long as the policy. */
#ifndef GATE_LEAST_TEXT_H
#define GATE_LEAST_TEXT_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct l1_condition;
struct l1_effect;
struct l1_field;
struct least_question;
struct policy;

/* Whether the test, or NULL, looks at what is remembered. */
bool least_asks_state(const struct l1_condition *test);

/* How much an effect adds, or which value it is about. */
int64_t least_amount(const struct least_question *q, const struct l1_effect *effect);

/* The value of a field of the message. Requires: it is no tail. */
int64_t least_value(const struct least_question *q, const struct l1_field *field);

/* `a = 1 and b = 2`, with another word between: what a rule can test and may show, "" if nothing.
 */
const char *least_fields(const struct least_question *q, const char *between);

/* The rest: `any pin, any text`, "" if there is none. */
const char *least_open(const struct least_question *q);

/* One instance, device or label, as rules name it. */
const char *least_label(const struct policy *p, uint16_t label);

/* A field as tests and rules name it: `arg.level` if it is a word of the language. */
const char *least_field_text(struct arena *a, const struct l1_field *field);

/* `s.one -> s.server : work.m(a = 1)` */
const char *least_event(const struct least_question *q);

#endif
