/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* normal.c: the normal form for people: every rule in force and what each class needs. */
#include "normal.h"

#include <inttypes.h>

#include "arena.h"
#include "budget.h"
#include "condition_text.h"
#include "flow_claim.h"
#include "memory.h"
#include "sema.h"

static const struct l1_interface *
interface_at(const struct l1 *l1, uint16_t id)
{
	const struct l1_interface *interface = l1->interfaces;

	while (interface->id != id) {
		interface++;
	}
	return interface;
}

static void
cell_print(const struct l1 *l1, const struct l1_cell *cell, struct arena *scratch, FILE *out)
{
	static const char *const words[] = {[L1_CALL] = "",
		[L1_REPLY] = "reply ",
		[L1_ERROR] = "error ",
		[L1_ABORT] = "abort "};
	const struct l1_interface *interface = interface_at(l1, cell->interface);

	(void)fprintf(out, "    %s%s -> %s : %s.%s", words[cell->event],
		l1->labels[cell->holder].name, l1->labels[cell->target].name, interface->short_name,
		interface->methods[cell->method - 1].name);
	if (cell->condition->kind != L1_ALWAYS) {
		(void)fprintf(out, " when %s", condition_text(scratch, cell->condition));
	}
	(void)fputc('\n', out);
}

/* What S18 implies is printed only where a forbid narrows it. */
static bool
is_worth_a_line(const struct l1_cell *cell)
{
	return cell->event == L1_CALL || cell->source->is_forbid || cell->source->is_answer;
}

static void
rules_print(const struct l1 *l1, bool is_generated, struct arena *scratch, FILE *out)
{
	for (uint32_t i = 0; i < l1->rule_count; i++) {
		const struct l1_rule *rule = &l1->rules[i];

		if (rule->is_generated != is_generated) {
			continue;
		}
		(void)fprintf(
			out, "%4u  %.*s", rule->number, (int)rule->text_bytes, rule->text_begin);
		if (!is_generated) {
			(void)fprintf(out, "  # %s:%u", rule->position.file, rule->position.line);
		}
		(void)fputc('\n', out);
		for (uint32_t c = 0; !is_generated && c < l1->cell_count; c++) {
			if (l1->cells[c].source == rule && is_worth_a_line(&l1->cells[c])) {
				cell_print(l1, &l1->cells[c], scratch, out);
			}
		}
	}
}

static void
instances_print(const struct l1 *l1, FILE *out)
{
	(void)fprintf(out, "system %s on %s, instances in the order of their start:\n",
		l1->system_name, l1->board_name);
	for (uint32_t i = 1; i < l1->instance_count; i++) {
		const struct l1_instance *instance = &l1->instances[i];

		(void)fprintf(out, "%4u  %s: %s, program %s, priority %u\n", i, instance->name,
			instance->class->name, instance->class->program, instance->priority);
		for (uint32_t w = 0; w < instance->wire_count; w++) {
			const struct l1_wire *wire = &instance->wires[w];
			const struct l1_instance *target = &l1->instances[wire->target];

			(void)fprintf(out, "    %s -> %s.%s\n",
				instance->class->uses[wire->use].name, target->name,
				target->class->gives[wire->gives].name);
		}
		for (uint32_t n = 0; n < instance->signal_count; n++) {
			(void)fprintf(out, "    %s -> %s.signal\n",
				instance->class->uses[instance->signal_uses[n]].name,
				l1->instances[instance->signals[n]].name);
		}
	}
}

void
normal_print(struct sema *s, FILE *out)
{
	struct arena scratch;

	if (s->system == NULL) {
		(void)fputs("no system: nothing is in force\n", out);
		return;
	}
	arena_init(&scratch);
	instances_print(s->l1, out);
	(void)fputs("written rules:\n", out);
	rules_print(s->l1, false, &scratch, out);
	(void)fputs("rules that follow from the system:\n", out);
	rules_print(s->l1, true, &scratch, out);
	flow_claims_print(s, out);
	budget_print(s, out);
	memory_print(s, out);
	arena_release(&scratch);
}
