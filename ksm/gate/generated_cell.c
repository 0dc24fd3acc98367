/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* generated_cell.c: the words in which generated rules are made. */
#include "generated_cell.h"

#include <assert.h>

#include "abi/abi.h"
#include "ast.h"
#include "compile.h"
#include "condition.h"
#include "lower_rule.h"
#include "rule_text.h"
#include "sema.h"

static const struct l1_interface *
core_interface(const struct sema *s, uint32_t id)
{
	assert(s->l1->interfaces[id - 1].id == id);
	return &s->l1->interfaces[id - 1];
}

const struct l1_method *
generated_method(const struct sema *s, uint32_t id, const char *name)
{
	const struct l1_interface *interface = core_interface(s, id);

	for (uint32_t i = 0; i < interface->method_count; i++) {
		if (sema_same(interface->methods[i].name, name)) {
			return &interface->methods[i];
		}
	}
	return NULL;
}

uint32_t
generated_begin(struct sema *s, const char *text, struct l1_position position)
{
	struct l1_rule rule = {.is_generated = true, .position = position};

	rule_text_set(&rule, text);
	return lower_rule_add(s, rule, (struct span){0});
}

void
generated_cell(struct sema *s, uint32_t rule, uint16_t holder, uint16_t target, uint32_t interface,
	const struct l1_method *method, struct l1_condition *condition)
{
	if (rule == 0 || method == NULL || method->is_reserved) {
		return;
	}
	lower_cell_add(s,
		(struct l1_cell){
			.holder = holder,
			.target = target,
			.interface = (uint16_t)interface,
			.method = method->number & L1_METHOD,
			.event = L1_CALL,
			.condition = condition != NULL ? condition : condition_always(&s->c->arena),
		},
		rule);
}

void
generated_named(struct sema *s, uint32_t rule, uint16_t holder, uint16_t target, uint32_t interface,
	const char *method)
{
	generated_cell(
		s, rule, holder, target, interface, generated_method(s, interface, method), NULL);
}

struct l1_condition *
generated_field(
	struct sema *s, const struct l1_method *method, const char *name, int64_t low, int64_t high)
{
	struct vector ranges = {0};
	struct l1_range *range = vector_push(&ranges, &s->c->arena, sizeof *range);

	range->low = low;
	range->high = high;
	for (uint32_t i = 0; method != NULL && i < method->call.field_count; i++) {
		if (sema_same(method->call.fields[i].name, name)) {
			return condition_in(&s->c->arena, &method->call.fields[i], &ranges,
				(struct l1_position){0});
		}
	}
	if (s->c->diags.error_count == 0) {
		diag_help(diag_error(s->c, span_of_file(s->core->source), "N5",
				  "this is another kernel's: a method that every system needs has "
				  "no field "
				  "`%s`",
				  name),
			"say -I with the folder of the sources that this gate was built from");
	}
	return condition_never(&s->c->arena);
}

void
generated_all(struct sema *s, uint32_t rule, uint16_t holder, uint16_t target, uint32_t interface,
	const struct l1_method *except)
{
	const struct l1_interface *i = core_interface(s, interface);

	for (uint32_t m = 0; m < i->method_count; m++) {
		if (&i->methods[m] != except) {
			generated_cell(s, rule, holder, target, interface, &i->methods[m], NULL);
		}
	}
}

void
generated_collect(struct sema *s, struct vector *written)
{
	const struct l1_cell *drafts = s->cells.elements;

	for (uint32_t i = 0; i < s->cells.count; i++) {
		const struct l1_rule *rule =
			&((const struct l1_rule *)s->rules.elements)[drafts[i].rule - 1];

		if (drafts[i].interface == KIND_PROCESS && !rule->is_forbid &&
			drafts[i].event == L1_CALL) {
			*(uint32_t *)vector_push(written, &s->c->arena, sizeof(uint32_t)) = i;
		}
	}
}

bool
generated_written(struct sema *s, const struct vector *written, uint16_t holder, uint16_t target,
	const char *method, struct l1_condition *with)
{
	const struct l1_method *like = generated_method(s, KIND_PROCESS, method);
	const uint32_t *indexes = written->elements;
	bool is_written = false;

	for (uint32_t i = 0; like != NULL && i < written->count; i++) {
		struct l1_cell *cell = &((struct l1_cell *)s->cells.elements)[indexes[i]];

		if (cell->holder != holder || cell->target != target ||
			cell->method != like->number) {
			continue;
		}
		is_written = true;
		if (with != NULL) {
			/* One's own copy: what condition_and takes does not change. */
			struct l1_condition *own = arena_alloc(&s->c->arena, sizeof *own);

			*own = *cell->condition;
			cell->condition = condition_and(&s->c->arena, own, with);
		}
	}
	return is_written;
}
