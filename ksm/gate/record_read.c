/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* record_read.c: the words of a board about an audit record, back to its numbers. */
#include "record_read.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/abi.h"
#include "abi/policy.h"
#include "ksm/engine/ksm.h"
#include "ksm/names/names.h"
#include "l1.h"
#include "servers/audit/chain.h"
#include "servers/audit/describe.h"

#define WORD_BYTES 64u
#define NS_PER_MS  1000000

/* --- an entry ------------------------------------------------------------------------------- */

static uint64_t
get(const uint8_t **at, uint32_t bytes)
{
	uint64_t value = 0;

	for (uint32_t i = 0; i < bytes; i++) {
		value |= (uint64_t)(*at)[i] << 8 * i;
	}
	*at += bytes;
	return value;
}

/* The reverse of chain_entry. */
static void
entry_read(const uint8_t entry[CHAIN_ENTRY_BYTES], struct record_words *out)
{
	struct record *r = &out->record;
	uint16_t *const halves[] = {
		&r->label, &r->instance, &r->target, &r->interface, &r->method, &r->field};
	const uint8_t *at = entry;

	out->number = (uint32_t)get(&at, 4);
	r->lost = (uint32_t)get(&at, 4);
	r->time_ns = get(&at, 8);
	r->operand = (int64_t)get(&at, 8);
	r->sequence = (uint32_t)get(&at, 4);
	r->handle = (uint32_t)get(&at, 4);
	r->badge = (uint32_t)get(&at, 4);
	for (uint32_t i = 0; i < sizeof halves / sizeof halves[0]; i++) {
		*halves[i] = (uint16_t)get(&at, 2);
	}
	r->rule = (uint32_t)get(&at, 3);
	r->event = (uint8_t)get(&at, 1);
	r->reason = (uint8_t)get(&at, 1);
	r->policy = (uint8_t)get(&at, 1);
	r->epoch = (uint16_t)get(&at, 2);
}

/* Returns whether all of the word is hexadecimal digits, and how many. */
static bool
is_hex(const char *word, size_t *count)
{
	*count = strspn(word, "0123456789abcdefABCDEF");
	return *count != 0 && word[*count + strspn(word + *count, " \t\r\n")] == '\0';
}

static uint8_t
digit(char c)
{
	return (uint8_t)(isdigit((unsigned char)c) ? c - '0' : (c | 0x20) - 'a' + 10);
}

static const char *
hex_read(const char *word, size_t digits, struct record_words *out)
{
	uint8_t entry[CHAIN_ENTRY_BYTES];

	if (digits != 2u * CHAIN_ENTRY_BYTES) {
		return "an entry has 112 hexadecimal digits";
	}
	for (uint32_t i = 0; i < CHAIN_ENTRY_BYTES; i++) {
		entry[i] = (uint8_t)(digit(word[2 * i]) << 4 | digit(word[2 * i + 1]));
	}
	entry_read(entry, out);
	return NULL;
}

/* --- a line --------------------------------------------------------------------------------- */

/* Returns the word behind text and blanks, of at most WORD_BYTES - 1; what is behind it in *text.
 */
static const char *
word_next(const char **text, char word[WORD_BYTES])
{
	const char *at = *text + strspn(*text, " \t\r\n");
	size_t length = strcspn(at, " \t\r\n");

	(void)snprintf(word, WORD_BYTES, "%.*s", (int)(length < WORD_BYTES ? length : 0), at);
	*text = at + length;
	return word;
}

static bool
label_find(const struct names *names, const char *word, uint16_t *out)
{
	struct names_label label;

	for (uint32_t i = 0; names_label(names, i, &label); i++) {
		if (strcmp(label.name, word) == 0) {
			*out = (uint16_t)i;
			return true;
		}
	}
	return false;
}

/* `Valve.set`, `Valve.99`: an interface of that short name, best one that the two can speak. */
static bool
method_find(const struct l1 *l1, const struct names *names, char *word, struct record *r)
{
	char *dot = strchr(word, '.');
	struct names_method method;
	uint32_t best = 0;

	if (dot == NULL) {
		return false;
	}
	*dot = '\0';
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		const struct l1_interface *interface = &l1->interfaces[i];
		bool is_spoken = false;

		if (strcmp(interface->short_name, word) != 0) {
			continue;
		}
		for (uint32_t c = 0; c < l1->cell_count && !is_spoken; c++) {
			is_spoken = l1->cells[c].target == r->target &&
				    l1->cells[c].interface == interface->id;
		}
		if (best == 0 || is_spoken) {
			best = interface->id;
		}
	}
	r->interface = (uint16_t)best;
	r->method = (uint16_t)strtoul(dot + 1, NULL, 10);
	for (uint32_t m = 1; names_method(names, best, m, &method); m++) {
		if (strcmp(method.name, dot + 1) == 0) {
			r->method = (uint16_t)m;
		}
	}
	return best != 0 && r->method != 0;
}

static bool
reason_find(const char *word, size_t length, uint8_t *out)
{
	for (uint32_t i = 0; i < KSM_REASONS; i++) {
		const char *text = ksm_reason_text((enum ksm_reason)i);

		if (strlen(text) == length && strncmp(text, word, length) == 0) {
			*out = (uint8_t)i;
			return true;
		}
	}
	return false;
}

/* The field of the message or the state of that name. */
static bool
field_find(const struct l1 *l1, const struct names *names, const char *word, struct record *r,
	struct names_field *out)
{
	struct names_method method;

	for (uint32_t i = 0; names_method(names, r->interface, r->method, &method) &&
			     names_field(names, &method, r->event, i, out);
		i++) {
		if (strcmp(out->name, word) == 0) {
			r->field = out->offset_bytes;
			return true;
		}
	}
	for (uint32_t i = 0; i < l1->state_count && names_state(names, i, out); i++) {
		const struct l1_state *state = l1->states[i];
		bool is_key = (state->holder == 0 || state->holder == r->label) &&
			      (state->target == 0 || state->target == r->target);

		if (is_key && strcmp(out->name, word) == 0) {
			r->field = (uint16_t)(KSM_FIELD_STATE + i);
			return true;
		}
	}
	return false;
}

/* Behind the reason: `samples = 9`, `mode = fast`, `pin (secret)`, `Wear, 20 ms too early`. */
static bool
operand_read(const struct l1 *l1, const struct names *names, const char *text, struct record *r)
{
	char word[WORD_BYTES];
	struct names_field field;
	size_t length = strcspn(text, ",=(\n");

	while (length > 0 && text[length - 1] == ' ') {
		length--;
	}
	(void)snprintf(word, sizeof word, "%.*s", (int)(length < WORD_BYTES ? length : 0), text);
	if (!field_find(l1, names, word, r, &field)) {
		return false;
	}
	text += length;
	text += strspn(text, " ,=");
	r->operand = field.is_signed || text[0] == '-'
			     ? strtoll(text, NULL, 10) * (field.is_time ? NS_PER_MS : 1)
			     : (int64_t)strtoull(text, NULL, 10) * (field.is_time ? NS_PER_MS : 1);
	for (int64_t value = field.low;
		field.value_count != 0 && value <= field.high && value - field.low <= UINT16_MAX;
		value++) {
		const char *name = names_value(names, &field, value);

		if (name != NULL && strncmp(name, text, strlen(name)) == 0 &&
			strcspn(text, " \r\n") == strlen(name)) {
			r->operand = value;
		}
	}
	return true;
}

/* What the reason says of the rule: the smallest at the place that can have decided so [D4, D6]. */
static uint32_t
rule_guess(const struct l1 *l1, const struct record *r)
{
	uint32_t best = 0;

	for (uint32_t i = 0; i < l1->cell_count; i++) {
		const struct l1_cell *cell = &l1->cells[i];
		uint32_t number = cell->source->number;
		bool is_it = cell->holder == r->label && cell->target == r->target &&
			     cell->interface == r->interface && cell->method == r->method &&
			     (uint32_t)cell->event == r->event &&
			     cell->source->is_forbid == (r->reason == KSM_FORBID);

		if (r->reason == KSM_FULL || r->reason == KSM_STATE) {
			bool has_effect =
				r->field == UINT16_MAX && cell->source->audit == KSM_AUDIT_MUST;

			for (uint32_t n = 0; n < l1_effect_count(cell); n++) {
				has_effect |= l1_effects(cell)[n].state->number + KSM_FIELD_STATE ==
					      r->field;
			}
			is_it = is_it && has_effect;
		}
		if (is_it && (best == 0 || number < best)) {
			best = number;
		}
	}
	return best;
}

static const char *
fault_read(const struct names *names, const char *text, struct record *r)
{
	static const char *const words[] = {
#define X(name, number, word, text) [(number)] = (word),
#include "abi/faults.def"
#undef X
	};
	char word[WORD_BYTES];

	r->event = RECORD_FAULT;
	if (!label_find(names, word_next(&text, word), &r->label)) {
		return "this policy has no process of that name";
	}
	text += strspn(text, " ");
	for (uint32_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		unsigned long long at;
		unsigned pc;

		if (words[i] != NULL && strncmp(text, words[i], strlen(words[i])) == 0 &&
			sscanf(text + strlen(words[i]), " 0x%llx pc 0x%x", &at, &pc) == 2) {
			r->method = (uint16_t)i;
			r->operand = (int64_t)at;
			r->handle = pc;
			return NULL;
		}
	}
	return "of this fault only the entry says all; `entry N` on the board prints it";
}

static const char *
exit_read(const struct names *names, const char *text, struct record *r)
{
	char word[WORD_BYTES];
	int code;

	r->event = RECORD_FAULT;
	r->method = FAULT_EXIT;
	if (!label_find(names, word_next(&text, word), &r->label)) {
		return "this policy has no process of that name";
	}
	if (sscanf(text, " code %d", &code) != 1) {
		return "behind the name of who ended stands `code` and a number";
	}
	r->operand = code;
	return NULL;
}

/* Behind the verb: `intruder -> driver : Valve.set   default`. */
static const char *
event_read(const struct l1 *l1, const struct names *names, const char *text, struct record *r)
{
	char word[WORD_BYTES];
	const char *reason;

	if (!label_find(names, word_next(&text, word), &r->label)) {
		return "this policy has nobody of the sender's name";
	}
	if (strcmp(word_next(&text, word), "->") != 0) {
		return "behind the sender stands `->`";
	}
	(void)word_next(&text, word);
	if (strcmp(word, "?") != 0 && strcmp(word, "nobody") != 0) {
		if (!label_find(names, word, &r->target)) {
			return "this policy has nobody of the receiver's name";
		}
		if (strcmp(word_next(&text, word), ":") != 0) {
			return "behind the receiver stands `: INTERFACE.METHOD`";
		}
		if (strcmp(word_next(&text, word), "share") == 0) {
			uint16_t shared = 0;

			if (!label_find(names, word_next(&text, word), &shared)) {
				return "this policy has no label of what was shared";
			}
			r->operand = shared;
		} else if (!method_find(l1, names, word, r)) {
			return "this policy has no interface of that name";
		}
	}
	reason = text + strspn(text, " \t");
	if (!reason_find(reason, strcspn(reason, ": \t\r\n"), &r->reason)) {
		return "at the end stands the reason: `default`, `guard: samples = 9`";
	}
	text = reason + strcspn(reason, ":\r\n");
	if (*text == ':' && !operand_read(l1, names, text + 1 + strspn(text + 1, " "), r)) {
		return "its interface has no field of that name, this policy no state";
	}
	r->rule = rule_guess(l1, r);
	return NULL;
}

static const char *
line_read(
	const struct l1 *l1, const struct names *names, const char *text, struct record_words *out)
{
	struct record *r = &out->record;
	char word[WORD_BYTES];
	unsigned number;
	unsigned seconds;
	unsigned milliseconds;
	int used = 0;

	*r = (struct record){.field = UINT16_MAX};
	out->is_line = true;
	if (sscanf(text, " %u %u.%3u s %n", &number, &seconds, &milliseconds, &used) != 3 ||
		used == 0) {
		return "a line begins with its number and time: `3     0.255 s  denied ...`";
	}
	out->number = number;
	r->time_ns = ((uint64_t)seconds * 1000 + milliseconds) * NS_PER_MS;
	text += used;
	(void)word_next(&text, word);
	if (strcmp(word, "fault:") == 0) {
		return fault_read(names, text, r);
	}
	if (strcmp(word, "exit:") == 0) {
		return exit_read(names, text, r);
	}
	if (strcmp(word, "denied") != 0 && strcmp(word, "refused") != 0 &&
		strcmp(word, "granted") != 0) {
		return "behind the time stands `denied`, `refused`, `granted`, `fault:` or `exit:`";
	}
	r->event = strcmp(word, "refused") == 0 ? KSM_REPLY : KSM_CALL;
	return event_read(l1, names, text, r);
}

const char *
record_read(
	const struct l1 *l1, const struct names *names, const char *words, struct record_words *out)
{
	const char *wrong;
	size_t digits;

	*out = (struct record_words){0};
	words += strspn(words, " \t\r\n");
	wrong = is_hex(words, &digits) ? hex_read(words, digits, out)
				       : line_read(l1, names, words, out);
	if (wrong == NULL &&
		(out->record.label >= l1->label_count || out->record.target >= l1->label_count ||
			out->record.rule > l1->rule_count)) {
		return "it is of another policy: it names who is not there";
	}
	return wrong;
}
