/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * validate_known.c: all that engine and interpreter look at is written down as words, with a rule
 * as its place among the rules of the method: equal words, equal decisions. Constants are written
 * apart: of many methods they are all that differs, and the rest is kept once.
 */
#include "validate_known.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "arena.h"
#include "ksm/engine/plain.h"
#include "ksm/format_state.h"

#define RULE_STRANGE UINT32_C(0x80000000) /* of no cell here: its number says it */

/* A key is a run of words of known->words. */
struct known_key {
	uint32_t first;
	uint32_t count;
};

/* Messages are in the keys of many methods: there the number of their own key stands for them. */
struct known_message {
	const struct l1_message *message;
	uint32_t key;
};

#define KEY_WORDS_MAX 2048u

/* What kind of key begins with a number of known_part, or with one of these. */
#define KEY_OF_MESSAGE   KNOWN_PARTS
#define KEY_OF_CONSTANTS (KNOWN_PARTS + 1)

struct words {
	uint32_t count;
	uint32_t words[KEY_WORDS_MAX];
};

/* The keys that are being written. One that is longer is like no other. */
struct writer {
	struct validate_known *known;
	const struct known_place *place;
	enum known_part part;
	struct words shape;
	struct words constants;
};

static void
word_add(struct words *words, uint32_t word)
{
	if (words->count < KEY_WORDS_MAX) {
		words->words[words->count] = word;
	}
	words->count++;
}

static void
put(struct writer *w, uint32_t word)
{
	word_add(&w->shape, word);
}

static void
put_constant(struct writer *w, uint64_t value)
{
	word_add(&w->constants, (uint32_t)value);
	word_add(&w->constants, (uint32_t)(value >> 32));
}

static void
put_long(struct writer *w, uint64_t value)
{
	put(w, (uint32_t)value);
	put(w, (uint32_t)(value >> 32));
}

static bool
is_of_part(const struct writer *w, const struct l1_cell *cell)
{
	return cell->method == w->place->method->number &&
	       (cell->event == L1_CALL) == (w->part != KNOWN_ANSWERS);
}

/* Cells of one event are sorted by rule, so places keep the order of numbers. */
static uint32_t
rule_place(const struct writer *w, uint32_t number)
{
	uint32_t place = 1;

	if (number == 0) {
		return 0;
	}
	for (uint32_t i = 0; i < w->place->cell_count; i++) {
		const struct l1_cell *cell = &w->place->cells[i];

		if (!is_of_part(w, cell)) {
			continue;
		}
		if (cell->source->number == number) {
			return place;
		}
		place++;
	}
	return RULE_STRANGE | number;
}

/* --- what L1 says --------------------------------------------------------------------------- */

static void
state_put(struct writer *w, const struct l1_state *state)
{
	put(w, (uint32_t)state->object->kind);
	put_constant(w, state->number);
	put(w, state->cell_count);
}

static void
field_put(struct writer *w, const struct l1_field *field)
{
	if (field == NULL) {
		put(w, UINT32_MAX);
		return;
	}
	if (field->state == NULL) {
		put(w, field->offset_bytes | (uint32_t)field->width_bytes << 16);
		put(w, (uint32_t)field->look | (uint32_t)field->unit_bytes << 8);
		put(w, field->term_count);
		for (uint32_t i = 0; i < field->term_count; i++) {
			put(w, field->terms[i].is_subtracted);
			field_put(w, field->terms[i].field);
		}
		return;
	}
	put(w, UINT32_MAX - 1);
	state_put(w, field->state);
	field_put(w, field->member);
	field_put(w, field->index);
}

static void
condition_put(struct writer *w, const struct l1_condition *condition)
{
	put(w, (uint32_t)condition->kind | (uint32_t)condition->relation << 8);
	put(w, condition->part_count);
	put(w, condition->range_count);
	field_put(w, condition->field);
	field_put(w, condition->other);
	for (uint32_t i = 0; i < condition->range_count; i++) {
		put_constant(w, (uint64_t)condition->ranges[i].low);
		put_constant(w, (uint64_t)condition->ranges[i].high);
	}
	for (uint32_t i = 0; i < condition->part_count; i++) {
		condition_put(w, condition->parts[i]);
	}
}

static void
cell_put(struct writer *w, const struct l1_cell *cell)
{
	put(w, (uint32_t)cell->event | (uint32_t)cell->is_tail << 8 |
			(uint32_t)cell->is_bound << 9 | (uint32_t)cell->source->is_forbid << 10 |
			(uint32_t)cell->source->audit << 11);
	put(w, rule_place(w, cell->source->number));
	condition_put(w, cell->condition);
	put(w, l1_effect_count(cell));
	for (uint32_t i = 0; i < l1_effect_count(cell); i++) {
		const struct l1_effect *effect = &l1_effects(cell)[i];

		put(w, (uint32_t)effect->kind);
		state_put(w, effect->state);
		put_constant(w, (uint64_t)effect->amount);
		field_put(w, effect->field);
		field_put(w, effect->index);
	}
	put(w, l1_first(cell) != NULL);
	if (l1_first(cell) != NULL) {
		state_put(w, l1_first(cell));
	}
}

static void
message_write(struct writer *w, const struct l1_message *message)
{
	put(w, message->field_count);
	put(w, message->low_bytes | (uint32_t)message->high_bytes << 16);
	put(w, message->fixed_bytes);
	put(w, message->length_count);
	for (uint32_t i = 0; i < message->length_count; i++) {
		put(w, (uint32_t)(message->lengths[i].low | message->lengths[i].high << 16));
	}
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		field_put(w, field);
		put(w, (uint32_t)field->kind | (uint32_t)field->carries << 8 |
				(uint32_t)field->is_signed << 16 |
				(uint32_t)field->is_secret << 17 | (uint32_t)field->is_text << 18 |
				(uint32_t)field->is_path << 19 | (uint32_t)field->is_late << 20);
		put(w, field->guard == NULL ? UINT32_MAX : field->guard->offset_bytes);
		put_long(w, (uint64_t)field->guard_value);
		put_long(w, field->is_late ? (uint64_t)field->absent : 0);
		put_long(w, (uint64_t)field->low);
		put_long(w, (uint64_t)field->high);
		put(w, field->name_count);
		for (uint32_t n = 0; n < field->name_count; n++) {
			put_long(w, (uint64_t)field->names[n].value);
		}
	}
}

/* --- what the blob says --------------------------------------------------------------------- */

/* Sets and states are constants. */
static void
op_put(struct writer *w, const uint8_t *op)
{
	uint32_t head = format_u32(op);
	uint32_t c = format_u32(op + offsetof(struct format_op, c));

	if (op[0] == FORMAT_OP_ALLOW || op[0] == FORMAT_OP_DENY || op[0] == FORMAT_OP_GRANTED) {
		put(w, head);
		put(w, rule_place(w, c));
	} else if (op[0] == FORMAT_OP_IN || op[0] == FORMAT_OP_MEMBER) {
		put(w, head);
		put_constant(w, c);
	} else if (op[0] >= FORMAT_OP_LOAD_STATE) {
		put(w, op[0]);
		put_constant(w, (uint64_t)head << 32 | c);
	} else {
		put(w, head);
		put(w, c);
	}
}

static void
program_put(struct writer *w, uint32_t number)
{
	const struct ksm *ksm = w->known->ksm;
	const uint8_t *program =
		ksm->at[FORMAT_PROGRAMS] + (size_t)number * sizeof(struct format_program);
	const uint8_t *op =
		ksm->at[FORMAT_CODE] + (size_t)format_u32(program) * sizeof(struct format_op);
	uint32_t count = format_u16(program + offsetof(struct format_program, count));

	put(w, count);
	for (uint32_t i = 0; i < count; i++) {
		op_put(w, op);
		op += sizeof(struct format_op);
	}
}

static void
action_put(struct writer *w, uint32_t action)
{
	uint32_t number = action & FORMAT_ACTION_NUMBER;

	put(w, action & ~FORMAT_ACTION_NUMBER);
	if ((action & FORMAT_ACTION_RUN) != 0) {
		program_put(w, number);
	} else {
		put(w, rule_place(w, number));
	}
}

/* The program of the end of a call; aborts are sorted by entry. */
static void
abort_put(struct writer *w, uint32_t entry)
{
	const uint8_t *aborts = w->known->ksm->at[FORMAT_ABORTS];
	uint32_t low = 0;
	uint32_t high = w->known->ksm->count[FORMAT_ABORTS];

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const uint8_t *abort = aborts + middle * sizeof(struct format_abort);

		if (format_u32(abort) == entry) {
			program_put(w, format_u32(abort + offsetof(struct format_abort, program)));
			return;
		}
		if (format_u32(abort) < entry) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	put(w, UINT32_MAX);
}

/* --- keys ----------------------------------------------------------------------------------- */

/* Returns the key with these words, or INDEX_NONE; hash: of them. */
static uint32_t
key_find(const struct validate_known *known, const struct words *w, uint32_t hash)
{
	const uint32_t *words = known->words.elements;

	for (uint32_t i = index_first(&known->index, hash); i != INDEX_NONE;
		i = index_next(&known->index, i)) {
		const struct known_key *key = &((const struct known_key *)known->keys.elements)[i];

		if (key->count == w->count &&
			memcmp(words + key->first, w->words, w->count * sizeof *words) == 0) {
			return i;
		}
	}
	return INDEX_NONE;
}

/* Returns the key with these words; *is_new says whether it was made for them. */
static uint32_t
key_keep(struct validate_known *known, const struct words *w, bool *is_new)
{
	uint32_t hash = index_hash(0, w->words, w->count * sizeof w->words[0]);
	uint32_t key = key_find(known, w, hash);

	*is_new = key == INDEX_NONE;
	if (!*is_new) {
		return key;
	}
	index_add(&known->index, known->a, hash);
	*(struct known_key *)vector_push(&known->keys, known->a, sizeof(struct known_key)) =
		(struct known_key){known->words.count, w->count};
	for (uint32_t i = 0; i < w->count; i++) {
		*(uint32_t *)vector_push(&known->words, known->a, sizeof(uint32_t)) = w->words[i];
	}
	return known->keys.count - 1;
}

/* The words themselves are not set: they are many. */
static void
writer_begin(struct writer *w, struct validate_known *known, const struct known_place *place,
	enum known_part part)
{
	w->known = known;
	w->place = place;
	w->part = part;
	w->shape.count = 0;
	w->constants.count = 0;
}

/* Returns the key of a message that was not asked about before, or INDEX_NONE: it is too long. */
static uint32_t
message_key_new(struct validate_known *known, const struct l1_message *message)
{
	struct writer w;
	bool is_new;

	writer_begin(&w, known, NULL, KNOWN_PARTS);
	put(&w, KEY_OF_MESSAGE);
	message_write(&w, message);
	assert(w.constants.count == 0);
	return w.shape.count > KEY_WORDS_MAX ? INDEX_NONE : key_keep(known, &w.shape, &is_new);
}

static uint32_t
message_key(struct validate_known *known, const struct l1_message *message)
{
	uint32_t hash = index_hash(0, &message, sizeof(message));
	const struct known_message *messages = known->messages.elements;
	struct known_message new = {.message = message};

	for (uint32_t i = index_first(&known->message_index, hash); i != INDEX_NONE;
		i = index_next(&known->message_index, i)) {
		if (messages[i].message == message) {
			return messages[i].key;
		}
	}
	new.key = message_key_new(known, message);
	index_add(&known->message_index, known->a, hash);
	*(struct known_message *)vector_push(&known->messages, known->a, sizeof new) = new;
	return new.key;
}

static void
message_put(struct writer *w, const struct l1_message *message)
{
	uint32_t key = message_key(w->known, message);

	put(w, key);
	w->shape.count = key == INDEX_NONE ? KEY_WORDS_MAX + 1 : w->shape.count;
}

static void
key_write(struct writer *w)
{
	const struct known_place *place = w->place;
	const struct l1_method *method = place->method;
	const struct ksm *ksm = w->known->ksm;
	const struct ksm_entry *entry = ksm_entry_at(place->edge, method->number);
	bool is_call = w->part != KNOWN_ANSWERS;

	put(w, (uint32_t)w->part | (uint32_t)method->is_reserved << 8 |
			(uint32_t)method->is_ask << 9 | method->error_count << 16);
	message_put(w, is_call ? &method->call : &method->reply);
	if (!is_call) {
		message_put(w, &method->error);
	}
	for (uint32_t i = is_call ? KSM_CALL : KSM_REPLY; i < (is_call ? KSM_REPLY : KSM_EVENTS);
		i++) {
		action_put(w, entry->action[i]);
	}
	put(w, entry->lengths[!is_call]);
	if (!is_call) {
		abort_put(w, (uint32_t)(entry - ksm_entries(ksm)));
	}
	for (uint32_t i = 0; i < place->cell_count; i++) {
		if (is_of_part(w, &place->cells[i])) {
			cell_put(w, &place->cells[i]);
		}
	}
}

bool
validate_known(struct validate_known *known, const struct known_place *place, enum known_part part,
	bool *is_shape_known)
{
	struct writer w;
	bool is_new;

	writer_begin(&w, known, place, part);
	key_write(&w);
	*is_shape_known = false;
	if (w.shape.count > KEY_WORDS_MAX || w.constants.count > KEY_WORDS_MAX - 2) {
		return false;
	}
	word_add(&w.constants, KEY_OF_CONSTANTS);
	word_add(&w.constants, key_keep(known, &w.shape, &is_new));
	*is_shape_known = !is_new;
	(void)key_keep(known, &w.constants, &is_new);
	return !is_new;
}
