/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_print.c: each difference as an event that shows it, the line that grants it, and the other
 * one. */
#include "diff_print.h"

#include <inttypes.h>
#include <string.h>

#include "abi/abi.h"
#include "arena.h"
#include "buffer.h"
#include "condition_text.h"
#include "diff_map.h"
#include "diff.h"
#include "event_text.h"
#include "l1.h"

static void
state_print(const struct diff_value *value, struct arena *a, FILE *out)
{
	struct l1_range range = {value->value, value->value};
	const struct l1_condition is = {
		.kind = L1_IN, .field = value->field, .ranges = &range, .range_count = 1};
	const char *name = value->field->name;

	switch (value->axis) {
	case DIFF_TOKENS:
		(void)fprintf(out, "%s has %" PRId64 " left", name, value->value);
		break;
	case DIFF_ROOM:
		(void)fprintf(out, "%s is %s", name, value->value == 0 ? "full" : "not full");
		break;
	case DIFF_MEMBER:
		(void)fputs(value->value == 0 ? "not " : "", out);
		if (value->member != NULL) {
			(void)fputs(condition_field_text(a, value->member), out);
		} else {
			(void)fprintf(out, "%" PRId64, value->constant);
		}
		(void)fprintf(out, " in %s", name);
		break;
	case DIFF_STATE:
	case DIFF_FIELD:
		(void)fputs(condition_text(a, &is), out);
		break;
	}
}

void
diff_message_print(const struct diff *diff, const struct diff_entry *entry, enum diff_side side,
	struct arena *a, FILE *out)
{
	struct l1_cell cell = *entry->cells[side];
	struct argument *arguments = arena_array(a, entry->value_count + 1, sizeof *arguments);
	struct buffer b;
	uint32_t count = 0;

	for (uint32_t i = 0; i < entry->value_count; i++) {
		if (entry->values[i].axis == DIFF_FIELD) {
			arguments[count++] =
				(struct argument){entry->values[i].field, entry->values[i].value};
		}
	}
	buffer_init(&b, a);
	arguments_print(&b, diff->l1[side], arguments, count, true);
	cell.event = entry->event; /* the nearest cell may be of the call */
	(void)fputs(event_text(a, diff->l1[side], &cell), out);
	if (b.size != 0) {
		(void)fprintf(out, "(%s)", b.bytes);
	}
}

/* ` when Upd is loaded`. */
static void
states_print(const struct diff_entry *entry, struct arena *a, FILE *out)
{
	const char *word = " when ";

	for (uint32_t i = 0; i < entry->value_count; i++) {
		if (entry->values[i].axis != DIFF_FIELD) {
			(void)fputs(word, out);
			state_print(&entry->values[i], a, out);
			word = " and ";
		}
	}
}

static void
witness_print(const struct diff *diff, const struct diff_entry *entry, enum diff_side side,
	struct arena *a, FILE *out)
{
	diff_message_print(diff, entry, side, a, out);
	states_print(entry, a, out);
}

static bool
has_states(const struct diff_entry *entry)
{
	for (uint32_t i = 0; i < entry->value_count; i++) {
		if (entry->values[i].axis != DIFF_FIELD) {
			return true;
		}
	}
	return false;
}

/* One before which nothing must have happened, if there is one. */
static const struct diff_entry *
step_find(const struct diff *diff)
{
	const struct diff_entry *entries = diff->entries.elements;
	const struct diff_entry *found = NULL;

	for (uint32_t i = 0; i < diff->entries.count; i++) {
		bool is_step = entries[i].kind <= DIFF_LESS && entries[i].event <= L1_ERROR;

		if (is_step && !has_states(&entries[i])) {
			return &entries[i];
		}
		found = is_step && found == NULL ? &entries[i] : found;
	}
	return found;
}

void
diff_step_print(const struct diff *diff, FILE *out)
{
	const struct diff_entry *entry = step_find(diff);
	struct arena scratch;

	if (entry == NULL) {
		return;
	}
	arena_init(&scratch);
	(void)fprintf(out, "    missing test: %s ", entry->kind == DIFF_MORE ? "deny" : "grant");
	diff_message_print(
		diff, entry, entry->kind == DIFF_MORE ? DIFF_NEW : DIFF_OLD, &scratch, out);
	if (has_states(entry)) {
		(void)fputs("  #", out);
		states_print(entry, &scratch, out);
	}
	(void)fputc('\n', out);
	arena_release(&scratch);
}

static void
rule_print(const struct diff_entry *entry, enum diff_side side, FILE *out)
{
	static const char *const words[] = {"old", "new"};
	const struct l1_cell *cell = entry->cells[side];

	if (cell == NULL) {
		(void)fprintf(out, "    %s: no allow names it\n", words[side]);
		return;
	}
	if (cell->source->is_generated) {
		(void)fprintf(out, "    %s: follows from the system: %.*s\n", words[side],
			(int)cell->source->text_bytes, cell->source->text_begin);
		return;
	}
	(void)fprintf(out, "    %s: %s:%u: %.*s\n", words[side], cell->source->position.file,
		cell->source->position.line, (int)cell->source->text_bytes,
		cell->source->text_begin);
}

static void
entry_print(const struct diff *diff, const struct diff_entry *entry, uint32_t more, struct arena *a,
	FILE *out)
{
	static const char *const signs[] = {[DIFF_MORE] = "+ ",
		[DIFF_LESS] = "- ",
		[DIFF_EFFECTS] = "~ ",
		[DIFF_AUDIT] = "~ ",
		[DIFF_ANSWER] = "~ ",
		[DIFF_UNKNOWN] = "? "};
	static const char *const notes[] = {[DIFF_MORE] = "",
		[DIFF_LESS] = "",
		[DIFF_EFFECTS] = ": other things happen then",
		[DIFF_AUDIT] = ": one of them records it",
		[DIFF_ANSWER] = ": its answer is laid out otherwise",
		[DIFF_UNKNOWN] =
			": may differ; sums, cells of labels and too many values are not compared"};
	enum diff_side side =
		entry->kind == DIFF_LESS || entry->cells[DIFF_NEW] == NULL ? DIFF_OLD : DIFF_NEW;

	(void)fputs(signs[entry->kind], out);
	witness_print(diff, entry, side, a, out);
	(void)fprintf(out, "%s\n", notes[entry->kind]);
	if (more != 0) {
		(void)fprintf(out, "    and %" PRIu32 " more events of the same rule\n", more);
	}
	rule_print(entry, DIFF_OLD, out);
	rule_print(entry, DIFF_NEW, out);
}

/* The rule of the system that all entries like this one come from, or NULL. */
static const struct l1_rule *
system_rule(const struct diff_entry *entry)
{
	const struct l1_cell *cell = entry->cells[entry->kind == DIFF_LESS ? DIFF_OLD : DIFF_NEW];

	return cell != NULL && cell->source->is_generated ? cell->source : NULL;
}

/* How many entries behind this one are of the same rule of the system and kind. */
static uint32_t
entries_like(const struct diff *diff, uint32_t index, bool *told)
{
	const struct diff_entry *entries = diff->entries.elements;
	const struct l1_rule *rule = system_rule(&entries[index]);
	uint32_t count = 0;

	for (uint32_t i = index + 1; rule != NULL && i < diff->entries.count; i++) {
		if (system_rule(&entries[i]) == rule && entries[i].kind == entries[index].kind) {
			told[i] = true;
			count++;
		}
	}
	return count;
}

uint32_t
diff_print(const struct diff *diff, bool only_more, FILE *out)
{
	const struct diff_entry *entries = diff->entries.elements;
	struct arena scratch;
	bool *told;
	uint32_t more = 0;

	arena_init(&scratch);
	told = arena_array(&scratch, diff->entries.count + 1u, sizeof *told);
	for (uint32_t i = 0; i < diff->entries.count; i++) {
		more += diff_is_more(entries[i].kind);
		if (!told[i] && (!only_more || diff_is_more(entries[i].kind))) {
			entry_print(diff, &entries[i], entries_like(diff, i, told), &scratch, out);
		}
	}
	arena_release(&scratch);
	return more;
}
