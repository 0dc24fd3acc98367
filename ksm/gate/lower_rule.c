/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower_rule.c: the rules in force become numbered rules and their cells. */
#include "lower_rule.h"

#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_decl.h"
#include "ast_process.h"
#include "ast_rule.h"
#include "compile.h"
#include "condition.h"
#include "ksm/engine/ksm.h"
#include "ksm/format_state.h"
#include "lower_effect.h"
#include "object.h"
#include "parse.h"
#include "path_label.h"
#include "rule_text.h"
#include "sema.h"
#include "sema_options.h"
#include "template.h"
#include "unit.h"
#include "until.h"

/* Somebody has to make room for records again. */
static bool
must_check(struct sema *s, const struct ast_rule *rule)
{
	if (s->system == NULL || rule->audit.kind != AST_AUDIT_MUST) {
		return true;
	}
	for (uint32_t i = 0; i < s->l1->instance_count; i++) {
		const struct l1_class *class = s->l1->instances[i].class;

		for (uint32_t d = 0; d < class->device_count; d++) {
			if (sema_same(class->devices[d].name, "monitor")) {
				return true;
			}
		}
	}
	diag_help(diag_error(s->c, rule->audit.span, "R17",
			  "nobody here reads records, so after the first few all is denied"),
		"add `audit: Audit` of servers.audit to the system, or write `audit granted`");
	return false;
}

static bool
words_check(struct sema *s, const struct ast_rule *rule)
{
	const struct ast_set *sender = &rule->event.sender.base;
	const struct ast_set *receiver = &rule->event.receiver.base;
	bool is_loud = sender->kind == AST_SET_ANY_LOUD || receiver->kind == AST_SET_ANY_LOUD;

	if (is_loud && rule->because == NULL) {
		struct diag *d = diag_error(s->c,
			sender->kind == AST_SET_ANY_LOUD ? sender->span : receiver->span, "S7",
			"`any!` needs its reason");

		diag_help(d, "add `because \"...\"` at the end of the rule");
		return false;
	}
	if (rule->verb == AST_VERB_FORBID && (rule->effects != NULL || rule->tails != NULL)) {
		diag_help(diag_error(s->c,
				  rule->effects != NULL ? rule->effects->span : rule->tails->span,
				  "R4", "a forbid grants nothing, so nothing happens then"),
			"put the effect behind the allow");
		return false;
	}
	if (rule->verb == AST_VERB_FORBID && rule->audit.kind != AST_AUDIT_UNSAID &&
		rule->audit.kind != AST_AUDIT_NEVER) {
		diag_help(diag_error(
				  s->c, rule->audit.span, "R4", "a forbid grants nothing to audit"),
			"leave the audit out: denials are always recorded");
		return false;
	}
	if (rule->moment != AST_MOMENT_CALL && rule->tails != NULL) {
		diag_help(diag_error(s->c, rule->tails->span, "R19", "an answer has no tails"),
			"put what happens behind `then`, or the tail behind the allow of the call");
		return false;
	}
	if (rule->draft && s->options->refuses_drafts) {
		diag_help(diag_error(s->c, rule->span, "R10", "a draft rule is not built"),
			"look at it, and take `draft` away; to try it before, say --draft");
		return false;
	}
	if (rule->draft) {
		diag_help(diag_warning(s->c, rule->span, "R10", "a draft rule is in force"),
			"look at it, and take `draft` away");
	}
	return true;
}

uint32_t
lower_rule_add(struct sema *s, struct l1_rule rule, struct span at)
{
	struct l1_rule *slot;
	struct span *place;

	if (s->rules.count >= SEMA_RULES_MAX) {
		if (s->c->diags.error_count == 0) {
			diag_help(diag_error(s->c, at, "R4", "more than %u rules", SEMA_RULES_MAX),
				"name groups instead of single processes");
		}
		return 0;
	}
	slot = vector_push(&s->rules, &s->c->arena, sizeof *slot);
	*slot = rule;
	slot->number = s->rules.count;
	place = vector_push(&s->rule_spans, &s->c->arena, sizeof *place);
	*place = at;
	return slot->number;
}

void
lower_cell_add(struct sema *s, struct l1_cell cell, uint32_t rule)
{
	cell.rule = rule;
	cell.is_idle = false;
	*(struct l1_cell *)vector_push(&s->cells, &s->c->drafts, sizeof cell) = cell;
}

/* S8: a rule that matches nothing anywhere. */
static void
matches_check(struct sema *s, const struct ast_rule *rule, const struct vector *cells)
{
	const struct event_cell *cell = cells->elements;
	struct diag *d;

	if (s->system == NULL) {
		return;
	}
	for (uint32_t i = 0; i < cells->count; i++) {
		if (!condition_is_never(cell[i].condition)) {
			return;
		}
	}
	d = diag_error(s->c, rule->event.span, "S8", "this rule can never match");
	if (cells->count == 0) {
		diag_help(d, rule->event.which == AST_METHODS_PLAIN
				     ? "between these two there is no such message"
				     : "the system has no instance of one side");
	} else {
		diag_help(d, "no instance's attributes and no message fulfil all of its tests");
	}
}

/* A new line goes behind the rule that begins here. */
static void
last_allow_note(struct sema *s, const struct unit *unit, const struct ast_rule *rule)
{
	struct l1_position at = sema_position(s, rule->verb_span);

	if (rule->verb == AST_VERB_ALLOW && unit == s->root && at.line > s->l1->last_allow.line) {
		s->l1->last_allow = at;
	}
}

/* R17: the latch that is held since the last grant of this rule that was recorded. */
static struct object_info *
first_declare(struct sema *s, const struct unit *unit, const struct ast_rule *rule, uint32_t number)
{
	struct object_info *object = arena_alloc(&s->c->arena, sizeof *object);

	object->l1 = (struct l1_object){
		.name = arena_format(&s->c->arena, "audit of rule %u", number),
		.unit_name = unit->name,
		.kind = L1_LATCH,
		.key = L1_KEY_EDGE,
		.count = 1,
		.amount = rule->audit.period.magnitude,
		.is_tested = true,
		.is_changed = true,
	};
	return object;
}

/* Returns false after an error. */
static bool
first_check(struct sema *s, const struct ast_rule *rule, const struct l1_cell *cell)
{
	uint64_t period_ns = rule->audit.period.magnitude;

	if (rule->audit.kind != AST_AUDIT_FIRST) {
		return true;
	}
	if (period_ns < 1 || period_ns > FORMAT_AMOUNT_MAX) {
		diag_help(diag_error(s->c, rule->audit.period.span, "O2",
				  "a time is 1 ns to 146 years"),
			"write a time: `1min`");
		return false;
	}
	if (l1_effect_count(cell) == FORMAT_EFFECTS_MAX) {
		diag_help(diag_error(s->c, rule->audit.span, "S13",
				  "an event has at most %d effects, and to remember what was "
				  "recorded "
				  "is one",
				  FORMAT_EFFECTS_MAX),
			"write `audit granted`, or leave an effect out");
		return false;
	}
	return true;
}

/* Cells that can match; number 0: they are only checked. */
static void
cells_lower(struct sema *s, const struct unit *unit, const struct ast_rule *rule,
	const struct vector *cells, uint32_t number)
{
	const struct event_cell *from = cells->elements;
	const struct l1_condition *kept = NULL;
	struct object_info *first =
		rule->audit.kind != AST_AUDIT_FIRST ? NULL : first_declare(s, unit, rule, number);

	for (uint32_t i = 0; i < cells->count; i++) {
		bool is_never = condition_is_never(from[i].condition);
		struct l1_cell cell = {
			.holder = from[i].holder,
			.target = from[i].target,
			.interface = from[i].interface->id,
			.method = from[i].method->number & L1_METHOD,
			.event = from[i].event,
		};

		if (!is_never) {
			kept = condition_keep(&s->c->arena, from[i].condition, kept);
			cell.condition = kept;
		}
		cell.is_tail = rule->verb == AST_VERB_ALLOW && cell.event != L1_CALL;
		if (!lower_effects(s, unit, rule, &from[i], &cell, is_never ? 0 : number) ||
			!first_check(s, rule, &cell)) {
			return;
		}
		if (first != NULL) {
			cell.then = lower_then(&s->c->arena, l1_effects(&cell),
				l1_effect_count(&cell),
				object_state(s, first,
					object_key_of(from[i].server, cell.holder, cell.target,
						cell.interface, from[i].method->is_ask)));
		}
		if (number != 0 && !is_never) {
			lower_cell_add(s, cell, number);
		}
	}
}

/* Of the allow of what is opened by paths each part is a rule, so that it judges its own answers.
 */
static void
parts_lower(struct sema *s, const struct unit *unit, const struct ast_rule *rule,
	const struct vector *cells, uint32_t number, uint32_t parts)
{
	const struct l1_rule whole = ((const struct l1_rule *)s->rules.elements)[number - 1];

	for (uint32_t part = 0; part < parts && s->c->diags.error_count == 0; part++) {
		struct vector own = path_label_cells(s, cells, part);
		const struct event_cell *cell = own.elements;
		uint32_t first = s->cells.count;
		struct l1_rule *slot = &((struct l1_rule *)s->rules.elements)[number - 1];

		if (own.count != 0 && slot->is_part) {
			number = lower_rule_add(s, *slot, rule->event.span);
			slot = &((struct l1_rule *)s->rules.elements)[number - 1];
		}
		if (own.count == 0 || number == 0) {
			continue;
		}
		slot->is_part = true;
		cells_lower(s, unit, rule, &own, number);
		for (uint32_t i = 0; i < own.count; i++) {
			if (path_label_parts(&cell[i]) != 0) {
				rule_text_add(
					s->c, &whole, path_label_text(s, &cell[i], part), slot);
				path_label_answer(s, &cell[i], part, number, first);
			}
		}
	}
}

static const uint8_t audit_words[] = {
	[AST_AUDIT_GRANTED] = KSM_AUDIT_GRANTED,
	[AST_AUDIT_MUST] = KSM_AUDIT_MUST,
	[AST_AUDIT_NEVER] = KSM_AUDIT_NEVER,
	[AST_AUDIT_FIRST] = KSM_AUDIT_UNSAID,
};

/* in_force: else it is only checked, as a `needs` that nobody accepted. */
static void
rule_lower(struct sema *s, const struct unit *unit, const struct class_info *self,
	const struct ast_rule *rule, bool in_force)
{
	bool is_forbid = rule->verb == AST_VERB_FORBID;
	struct event_context e = {
		.s = s,
		.unit = unit,
		.self = self,
		.use = is_forbid ? EVENT_FORBID : EVENT_ALLOW,
		.event = rule->moment == AST_MOMENT_REPLY   ? L1_REPLY
			 : rule->moment == AST_MOMENT_ERROR ? L1_ERROR
							    : L1_CALL,
	};
	struct vector cells = {0};
	uint32_t number = 0;
	uint32_t parts = 0;

	if (!until_check(s, rule) || !words_check(s, rule) || !must_check(s, rule) ||
		!lower_event(&e, &rule->event, &rule->guard, &cells)) {
		return;
	}
	if (in_force) {
		struct l1_rule made = {
			.is_forbid = is_forbid,
			.audit = audit_words[rule->audit.kind],
			.has_effects = rule->effects != NULL || rule->tails != NULL ||
				       rule->audit.kind == AST_AUDIT_FIRST,
			.is_answer = !is_forbid && e.event != L1_CALL,
			.because = rule->because == NULL ? NULL : rule->because->bytes,
			.position = sema_position(s, rule->verb_span),
		};

		if (self == NULL ||
			cells.count != 0) { /* a use that is optional may lead nowhere */
			matches_check(s, rule, &cells);
		}
		last_allow_note(s, unit, rule);
		rule_text(s->c, rule, &made);
		number = lower_rule_add(s, made, rule->event.span);
	}
	parts = is_forbid || number == 0 ? 0 : path_label_most(&cells);
	if (parts != 0) {
		parts_lower(s, unit, rule, &cells, number, parts);
	} else {
		cells_lower(s, unit, rule, &cells, number);
	}
	arena_reset(&s->c->scratch);
}

/* A component may speak only of itself, and only allow. */
static bool
needs_check(struct sema *s, const struct ast_rule *rule)
{
	const struct ast_who *sender = &rule->event.sender;
	bool is_self = sender->base.kind == AST_SET_NAMES && sender->except == NULL &&
		       sender->base.names->next == NULL &&
		       sema_same(sender->base.names->text, "self");

	if (rule->verb != AST_VERB_ALLOW) {
		diag_help(diag_error(s->c, rule->verb_span, "R9", "`needs` holds `allow` only"),
			"forbid it in the product");
		return false;
	}
	if (!is_self) {
		diag_help(diag_error(s->c, sender->span, "R9",
				  "`needs` speaks of its own process: `self`"),
			"write `self -> ...`, or put the rule into the product");
		return false;
	}
	return true;
}

static void
needs_lower(struct sema *s, const struct class_info *class, bool in_force)
{
	for (const struct ast_pitem *p = class->ast->pitems; p != NULL; p = p->next) {
		if (p->kind != AST_PITEM_NEEDS) {
			continue;
		}
		for (const struct ast_rule *rule = p->rules; rule != NULL; rule = rule->next) {
			if (needs_check(s, rule)) {
				rule_lower(s, class->symbol->unit, class, rule, in_force);
			}
		}
	}
}

static bool
class_has_needs(const struct class_info *class)
{
	for (const struct ast_pitem *p = class->ast->pitems; p != NULL; p = p->next) {
		if (p->kind == AST_PITEM_NEEDS) {
			return true;
		}
	}
	return false;
}

static bool
is_accepted(const struct sema *s, const struct class_info *class)
{
	for (const struct ast_item *item = s->root->file->items; item != NULL; item = item->next) {
		if (item->kind == AST_ITEM_ACCEPT &&
			sema_same(item->accept->component.text, class->symbol->unit->name)) {
			return true;
		}
	}
	return false;
}

static void
accept_lower(struct sema *s, const struct ast_accept *accept)
{
	const char *name = accept->component.text;
	const struct unit *unit = unit_find(s, name);
	uint32_t accepted = 0;
	struct diag *d;

	for (const struct class_info *class = s->classes->next; unit != NULL && class != NULL;
		class = class->next) {
		if (class->symbol->unit == unit && class_has_needs(class)) {
			needs_lower(s, class, true);
			accepted++;
		}
	}
	if (unit == NULL) {
		d = diag_error(
			s->c, accept->component.span, "R9", "there is no unit `%s` here", name);
		diag_help(d, "write `use %s` at the top of the file", name);
	} else if (accepted == 0) {
		diag_help(diag_error(s->c, accept->component.span, "R9",
				  "no process of unit `%s` has `needs`", name),
			"leave the line out, or write `needs` in a process of that unit");
	}
}

static void
apply_lower(struct sema *s, const struct ast_item *item)
{
	const struct ast_template *template = NULL;
	const struct unit *unit = template_bind(s, item->apply, &template);
	uint32_t errors = s->c->diags.error_count;

	for (const struct ast_rule *rule = unit == NULL ? NULL : template->rules; rule != NULL;
		rule = rule->next) {
		rule_lower(s, unit, NULL, rule, true);
		rule_text_applied(s, item->span);
		if (s->c->diags.error_count != errors) {
			diag_note(s->c->diags.newest, item->span, "applied here");
			return;
		}
	}
}

static void
root_rule_lower(void *s, const struct ast_rule *rule)
{
	rule_lower(s, ((struct sema *)s)->root, NULL, rule, true);
}

/* As they were written they are most of what is read, so whoever needs them only here does not keep
 * them. */
static void
root_rules_lower(struct sema *s, const struct ast_item *item)
{
	if (item->rule != NULL) {
		root_rule_lower(s, item->rule);
	} else {
		parse_rules(s->c, s->root->source, item->span, root_rule_lower, s);
	}
}

void
lower_rules(struct sema *s)
{
	uint32_t errors = s->c->diags.error_count;

	for (const struct ast_item *item = s->root->file->items; item != NULL; item = item->next) {
		if (item->kind == AST_ITEM_RULE) {
			root_rules_lower(s, item);
		} else if (item->kind == AST_ITEM_APPLY && s->c->diags.error_count == errors) {
			apply_lower(s, item);
		}
	}
	if (s->c->diags.error_count == errors) {
		templates_check(s);
	}
	for (const struct ast_item *item = s->root->file->items; item != NULL; item = item->next) {
		if (item->kind == AST_ITEM_ACCEPT) {
			accept_lower(s, item->accept);
		}
	}
	for (const struct class_info *class = s->classes->next; class != NULL;
		class = class->next) {
		if (class->symbol->unit == s->root && class_has_needs(class) &&
			!is_accepted(s, class)) {
			needs_lower(s, class, false);
		}
	}
	if (s->options->forgets_rules) {
		arena_release(&s->c->rules);
	}
}
