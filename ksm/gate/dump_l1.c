/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* dump_l1.c: all of L1 as text, for people who look into gate. */
#include "dump_l1.h"

#include <inttypes.h>

#include "arena.h"
#include "condition_text.h"
#include "l1.h"
#include "l1_effect.h"

static void
message_dump(const char *word, const struct l1_message *message, FILE *out)
{
	static const char *const kinds[] = {[L1_INTEGER] = "integer",
		[L1_BOOL] = "bool",
		[L1_ENUM] = "enum",
		[L1_TAIL] = "tail"};
	static const char *const carried[] = {[L1_BYTES] = "",
		[L1_READS] = " reads",
		[L1_WRITES] = " writes",
		[L1_HANDLE] = " handle"};

	(void)fprintf(out, "    %s %u..%u bytes\n", word, message->low_bytes, message->high_bytes);
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *f = &message->fields[i];

		(void)fprintf(out, "      %u +%u %s %s %" PRId64 "..%" PRId64 "%s%s%s",
			f->offset_bytes, f->width_bytes, f->name, kinds[f->kind], f->low, f->high,
			f->is_signed ? " signed" : "", f->is_secret ? " secret" : "",
			carried[f->carries]);
		if (f->guard != NULL) {
			(void)fprintf(out, " if %s is %" PRId64 "%s", f->guard->name,
				f->guard_value,
				f->is_element && f->guard->whole != NULL ? " or more" : "");
		}
		if (f->has_default) {
			(void)fprintf(out, " = %" PRId64, f->absent);
		}
		(void)fprintf(out, "\n");
	}
}

static void
interfaces_dump(const struct l1 *l1, FILE *out)
{
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		const struct l1_interface *interface = &l1->interfaces[i];

		(void)fprintf(out, "interface %u %s\n", interface->id, interface->name);
		for (uint32_t m = 0; m < interface->method_count; m++) {
			const struct l1_method *method = &interface->methods[m];

			if (method->is_reserved) {
				continue;
			}
			(void)fprintf(out, "  %u %s, %u errors\n", method->number, method->name,
				method->error_count);
			message_dump("call", &method->call, out);
			message_dump("reply", &method->reply, out);
			if (method->error.field_count != 0) {
				message_dump("error", &method->error, out);
			}
		}
	}
}

static void
instances_dump(const struct l1 *l1, FILE *out)
{
	for (uint32_t i = 0; i < l1->instance_count; i++) {
		const struct l1_instance *instance = &l1->instances[i];

		(void)fprintf(out, "instance %u %s: %s label %u priority %u memory %" PRIu64 "\n",
			instance->number, instance->name, instance->class->name, instance->label,
			instance->priority, instance->memory_bytes);
		for (uint32_t w = 0; w < instance->wire_count; w++) {
			const struct l1_wire *wire = &instance->wires[w];
			const struct l1_instance *target = &l1->instances[wire->target];

			(void)fprintf(out, "  %s -> %s.%s\n", instance->class->uses[wire->use].name,
				target->name, target->class->gives[wire->gives].name);
		}
		for (uint32_t a = 0; a < instance->attribute_count; a++) {
			(void)fprintf(out, "  %s = %s\n", instance->attributes[a].name,
				instance->attributes[a].value);
		}
	}
	for (uint32_t i = 0; i < l1->label_count; i++) {
		(void)fprintf(out, "label %u %s\n", i, l1->labels[i].name);
	}
}

static void
effects_dump(const struct l1_cell *cell, FILE *out)
{
	for (uint32_t i = 0; i < l1_effect_count(cell); i++) {
		const struct l1_effect *effect = &l1_effects(cell)[i];

		(void)fprintf(out, "  %s state %u by %s %" PRId64 "\n",
			l1_effect_name(effect->kind), effect->state->number,
			effect->field == NULL ? "" : effect->field->name, effect->amount);
	}
}

static void
states_dump(const struct l1 *l1, FILE *out)
{
	for (uint32_t i = 0; i < l1->state_count; i++) {
		const struct l1_state *state = l1->states[i];

		(void)fprintf(out, "state %u %s %u %u %u, words %u..%u\n", state->number,
			state->object->name, state->holder, state->target, state->interface,
			state->first, state->first + state->cell_count * state->word_count - 1);
	}
}

void
dump_l1(const struct l1 *l1, FILE *out)
{
	static const char *const events[] = {[L1_CALL] = "call",
		[L1_REPLY] = "reply",
		[L1_ERROR] = "error",
		[L1_ABORT] = "abort"};
	struct arena scratch;

	arena_init(&scratch);
	interfaces_dump(l1, out);
	instances_dump(l1, out);
	for (uint32_t i = 0; i < l1->rule_count; i++) {
		const struct l1_rule *rule = &l1->rules[i];

		(void)fprintf(out, "rule %u %s:%u %.*s\n", rule->number, rule->position.file,
			rule->position.line, (int)rule->text_bytes, rule->text_begin);
	}
	for (uint32_t i = 0; i < l1->cell_count; i++) {
		const struct l1_cell *cell = &l1->cells[i];

		(void)fprintf(out, "cell %u %u %u.%u %s rule %u %s%s%s%s\n", cell->holder,
			cell->target, cell->interface, cell->method, events[cell->event],
			cell->source->number, cell->source->is_forbid ? "forbid " : "",
			cell->is_tail ? "tail " : "", cell->is_bound ? "bound " : "",
			condition_text(&scratch, cell->condition));
		effects_dump(cell, out);
	}
	states_dump(l1, out);
	arena_release(&scratch);
}
