/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* doc.c: who may do what, when, and why; what is claimed, tested, and taken for granted. */
#include "doc.h"

#include <string.h>

#include "ast.h"
#include "ast_decl.h"
#include "ast_rule.h"
#include "compile.h"
#include "doc_out.h"
#include "emit_cost.h"
#include "level.h"
#include "lower.h"
#include "policy.h"
#include "rule_text.h"
#include "sema.h"
#include "test_run.h"

#define COLUMNS_MAX 6u

struct doc {
	struct policy *policy;
	const struct l1 *l1;
	struct arena *a;
	const struct doc_out *out;
	uint32_t *costs;    /* of rules, in steps */
	uint16_t *holders;  /* of rules: the label of one who may */
	const char **tests; /* of rules: those in which they decide something */
};

static void
row(const struct doc *d, const char *const *cells, uint32_t count, uint32_t code)
{
	bool is_code[COLUMNS_MAX];

	for (uint32_t i = 0; i < count; i++) {
		is_code[i] = (code >> i & 1) != 0;
	}
	doc_row(d->out, cells, is_code, count);
}

/* The clauses of a rule begin with one of these words. */
static const char *
clause_find(const char *text)
{
	static const char *const words[] = {" when ", " unless ", " then ", " call then ",
		" reply ", " error ", " abort then ", " audit "};
	const char *first = NULL;

	for (uint32_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		const char *found = strstr(text, words[i]);

		if (found != NULL && (first == NULL || found < first)) {
			first = found;
		}
	}
	return first;
}

/* Whom `self` means. */
static const char *
holder_name(const struct doc *d, const struct l1_rule *rule)
{
	const struct l1_label *label = &d->l1->labels[d->holders[rule->number - 1]];
	const char *name;
	const char *dot;

	if (label->kind != L1_LABEL_INSTANCE) {
		return "self";
	}
	name = d->l1->instances[label->number].class->name;
	dot = strrchr(name, '.');
	return dot == NULL ? name : dot + 1;
}

static void
rule_row(const struct doc *d, const struct l1_rule *rule)
{
	const char *line = arena_copy(d->a, rule->text_begin, rule->text_bytes);
	const char *text = strchr(line, ' ');
	const char *message = text == NULL ? NULL : strstr(text, " : ");
	const char *clauses;
	const char *cells[6] = {NULL};

	if (message == NULL) {
		return;
	}
	clauses = clause_find(message);
	cells[0] = arena_copy(d->a, text + 1, (size_t)(message - text - 1));
	if (strncmp(cells[0], "self ", 5) == 0) {
		cells[0] = arena_format(d->a, "%s%s", holder_name(d, rule), cells[0] + 4);
	}
	message += 3;
	cells[1] =
		clauses == NULL ? message : arena_copy(d->a, message, (size_t)(clauses - message));
	cells[2] = clauses == NULL ? NULL : clauses + 1;
	cells[3] = rule->because;
	cells[4] = arena_format(d->a, "%u", d->costs[rule->number - 1]);
	cells[5] = d->tests[rule->number - 1];
	row(d, cells, 6, 7);
}

static bool
rules_write(const struct doc *d, bool is_forbid)
{
	static const char *const may[] = {"who", "may", "when", "because", "steps", "tests"};
	static const char *const may_not[] = {
		"who", "may not", "when", "because", "steps", "tests"};
	bool is_any = false;

	for (uint32_t i = 0; i < d->l1->rule_count; i++) {
		const struct l1_rule *rule = &d->l1->rules[i];

		if (rule->is_generated || rule->is_forbid != is_forbid) {
			continue;
		}
		if (!is_any) {
			doc_table(d->out, is_forbid ? may_not : may, 6);
		}
		is_any = true;
		rule_row(d, rule);
	}
	if (is_any) {
		doc_table_end(d->out);
	}
	return is_any;
}

static void
claims_write(const struct doc *d)
{
	static const char *const columns[] = {"claim", "status", "because"};
	struct sema *s = d->policy->sema;

	doc_heading(d->out, "What is claimed");
	doc_table(d->out, columns, 3);
	for (const struct ast_item *item = s->root->file->items; item != NULL; item = item->next) {
		const char *cells[3] = {NULL, "holds: proved over all rules", NULL};

		if (item->kind != AST_ITEM_CLAIM) {
			continue;
		}
		cells[0] = source_line(s->c, item->claim->span);
		if (item->claim->because != NULL) {
			const char *word = strstr(cells[0], " because ");

			cells[2] = item->claim->because->bytes;
			cells[0] = word == NULL
					   ? cells[0]
					   : arena_copy(d->a, cells[0], (size_t)(word - cells[0]));
		}
		row(d, cells, 3, 1);
	}
	doc_table_end(d->out);
}

static const char *
levels_text(const struct doc *d, const struct instance_info *instance)
{
	const struct sema *s = d->policy->sema;
	const char *text = "";

	for (uint32_t i = 0; i < s->levels.count; i++) {
		const struct level_info *level = level_at(s, i);

		if (level_of(s, instance, level->lattice) == i) {
			text = arena_format(
				d->a, "%s%s%s", text, *text == '\0' ? "" : ", ", level->word->text);
		}
	}
	return text;
}

static void
instances_write(const struct doc *d)
{
	static const char *const columns[] = {"instance", "process", "levels", "devices"};
	const struct sema *s = d->policy->sema;

	doc_heading(d->out, "Who there is");
	doc_table(d->out, columns, 4);
	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct instance_info *instance = sema_instance(s, i);
		const struct l1_instance *l1 = &d->l1->instances[instance->number];
		const char *devices = "";

		for (uint32_t n = 0; n < l1->class->device_count; n++) {
			devices = arena_format(d->a, "%s%s%s", devices, n == 0 ? "" : ", ",
				l1->class->devices[n].name);
		}
		const char *cells[] = {
			l1->name, l1->class->name, levels_text(d, instance), devices};

		row(d, cells, 4, 1);
	}
	doc_table_end(d->out);
}

static const char *
carried_text(const struct doc *d, const struct l1_message *message)
{
	const char *text = "";

	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];
		const char *comma = *text == '\0' ? "" : "; ";

		if (field->carries == L1_HANDLE) {
			text = arena_format(d->a, "%s%sshares %s", text, comma, field->name);
		} else if (field->carries != L1_BYTES) {
			text = arena_format(d->a, "%s%slends %s to %s", text, comma, field->name,
				field->carries == L1_READS ? "read" : "write");
		}
	}
	return text;
}

/* Lent memory and what is shared by a handle: messages are judged, contents are not. */
static void
contents_write(const struct doc *d)
{
	static const char *const columns[] = {"from", "to", "with", "what is not judged"};
	bool is_any = false;

	for (uint32_t i = 0; i < d->l1->cell_count; i++) {
		const struct l1_cell *cell = &d->l1->cells[i];
		const struct l1_interface *interface = l1_interface_find(d->l1, cell->interface);
		const struct l1_method *method = &interface->methods[cell->method - 1];
		const char *cells[4];

		if (cell->event != L1_CALL || cell->source->is_forbid ||
			cell->source->is_generated) {
			continue;
		}
		cells[0] = d->l1->labels[cell->holder].name;
		cells[1] = d->l1->labels[cell->target].name;
		cells[2] = arena_format(d->a, "%s.%s", interface->short_name, method->name);
		cells[3] = carried_text(d, &method->call);
		if (*cells[3] == '\0') {
			continue;
		}
		if (!is_any) {
			doc_table(d->out, columns, 4);
		}
		is_any = true;
		row(d, cells, 4, 4);
	}
	if (is_any) {
		doc_table_end(d->out);
	}
}

static void
assumed_write(const struct doc *d)
{
	doc_heading(d->out, "What is taken for granted");
	doc_sentence(d->out,
		"Kernel, init and the monitor keep apart who asks them. Who reads audit and "
		"trace sees what everybody did. Memory that is lent and what a handle "
		"stands for is passed on or not; what stands in it is not judged.");
	contents_write(d);
	doc_sentence(d->out,
		"Further rules follow from the system: its start, and what every process may do "
		"with its own objects. `gate check --normal` prints them.");
}

static void
costs_count(struct doc *d)
{
	d->costs = arena_array(d->a, d->l1->rule_count + 1u, sizeof *d->costs);
	d->holders = arena_array(d->a, d->l1->rule_count + 1u, sizeof *d->holders);
	for (uint32_t i = 0; i < d->l1->cell_count; i++) {
		uint32_t cost = emit_cell_cost(&d->l1->cells[i]);
		uint32_t *of_rule = &d->costs[d->l1->cells[i].source->number - 1];

		*of_rule = cost > *of_rule ? cost : *of_rule;
		d->holders[d->l1->cells[i].source->number - 1] = d->l1->cells[i].holder;
	}
}

/* Runs the tests and notes which rules decide in which. */
static bool
tests_note(struct doc *d)
{
	uint32_t *counts = arena_array(d->a, d->l1->rule_count + 1u, sizeof *counts);
	struct test_run r = {.policy = d->policy, .rules = counts};

	d->tests = arena_array(d->a, d->l1->rule_count + 1u, sizeof *d->tests);
	for (const struct ast_item *item = d->policy->sema->root->file->items; item != NULL;
		item = item->next) {
		if (item->kind != AST_ITEM_TEST) {
			continue;
		}
		memset(counts, 0, d->l1->rule_count * sizeof *counts);
		if (!test_run(&r, item->test)) {
			return false;
		}
		for (uint32_t i = 0; i < d->l1->rule_count; i++) {
			if (counts[i] != 0) {
				d->tests[i] = arena_format(d->a, "%s%s%s",
					d->tests[i] == NULL ? "" : d->tests[i],
					d->tests[i] == NULL ? "" : "; ", item->test->name.bytes);
			}
		}
	}
	return true;
}

bool
doc_write(struct policy *policy, const struct doc_out *out)
{
	struct doc d = {
		.policy = policy, .l1 = policy->l1, .a = &policy->sema->c->arena, .out = out};

	costs_count(&d);
	if (!tests_note(&d)) {
		return false;
	}
	doc_begin(out, arena_format(d.a, "What %s may do", d.l1->system_name));
	doc_sentence(out, arena_format(d.a,
				  "Made of %s by `gate doc`. What no line allows is denied and "
				  "recorded.",
				  policy->sema->root->source->path));
	doc_heading(out, "Who may do what");
	doc_sentence(out, "One line for each rule. Steps are what judging it costs at most, of 64; "
			  "tests are those in which it decides.");
	if (!rules_write(&d, false)) {
		doc_sentence(out, "Nobody may do anything.");
	}
	doc_heading(out, "What is forbidden whatever is allowed");
	if (!rules_write(&d, true)) {
		doc_sentence(out, "Nothing beyond what no line allows.");
	}
	claims_write(&d);
	instances_write(&d);
	assumed_write(&d);
	doc_end(out);
	return true;
}
