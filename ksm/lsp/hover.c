/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* hover.c: what stands behind a name: its declaration; behind a rule: what it grants, and its cost.
 */
#include <string.h>

#include "ksm/gate/ast.h"
#include "ksm/gate/ast_decl.h"
#include "ksm/gate/ast_process.h"
#include "ksm/gate/ast_rule.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/condition_text.h"
#include "ksm/gate/emit_cost.h"
#include "ksm/gate/rule_text.h"
#include "ksm/gate/sema.h"
#include "analysis.h"
#include "handlers.h"
#include "ksm/gate/compile.h"
#include "refs.h"
#include "server.h"
#include "text.h"

/* Of a rule that means more events, and of a longer declaration, the first are shown. */
#define EVENTS_SHOWN_MAX 12u
#define BYTES_SHOWN_MAX  600u

static void
whole_add(struct buffer *b, struct compile *c, struct span whole)
{
	const char *text = source_line(c, whole);
	size_t length = strlen(text);

	buffer_text(b, "```gate\n");
	buffer_add(b, text, length < BYTES_SHOWN_MAX ? length : BYTES_SHOWN_MAX);
	buffer_text(b, length < BYTES_SHOWN_MAX ? "\n```\n" : " ...\n```\n");
}

static void
name_write(struct buffer *b, const struct analysis *run, const struct ref *ref)
{
	const struct source *s = source_find(run->c, ref->target.name->span.file);
	const char *file = strrchr(s->path, '/');

	buffer_text(b, refs_word(ref->target.kind));
	buffer_text(b, " `");
	buffer_text(b, ref->target.name->text);
	buffer_text(b, arena_format(b->arena, "`, %s:%u\n", file == NULL ? s->path : file + 1,
			       ref->target.name->span.line));
	whole_add(b, run->c, ref->target.whole);
	for (const struct ast_doc *doc = ref->target.docs; doc != NULL; doc = doc->next) {
		buffer_text(b, doc->text);
		buffer_text(b, "\n");
	}
}

static void
cell_write(struct buffer *b, const struct l1 *l1, const struct l1_cell *cell)
{
	static const char *const words[] = {[L1_CALL] = "",
		[L1_REPLY] = "reply ",
		[L1_ERROR] = "error ",
		[L1_ABORT] = "abort "};
	const struct l1_interface *interface = l1->interfaces;

	while (interface->id != cell->interface) {
		interface++;
	}
	buffer_text(b, arena_format(b->arena, "%s%s -> %s : %s.%s", words[cell->event],
			       l1->labels[cell->holder].name, l1->labels[cell->target].name,
			       interface->short_name, interface->methods[cell->method - 1].name));
	if (cell->condition->kind != L1_ALWAYS) {
		buffer_text(b, " when ");
		buffer_text(b, condition_text(b->arena, cell->condition));
	}
	buffer_text(b, "\n");
}

/* What a call has is said once: of its answers only what says more. */
static bool
is_judged(const struct l1_rule *rule, const struct l1_cell *cell)
{
	return cell->condition->kind != L1_ALWAYS || rule->is_forbid || rule->is_answer;
}

static void
rule_write(struct buffer *b, const struct l1 *l1, const struct l1_rule *rule)
{
	uint32_t shown = 0;
	uint32_t count = 0;
	uint32_t cost = 0;

	buffer_text(b, arena_format(b->arena, "rule %u\n```gate\n", rule->number));
	for (uint32_t i = 0; i < l1->cell_count; i++) {
		const struct l1_cell *cell = &l1->cells[i];
		uint32_t steps;

		if (cell->source != rule) {
			continue;
		}
		steps = emit_cell_cost(cell);
		cost = steps > cost ? steps : cost;
		if (cell->event == L1_CALL || is_judged(rule, cell) || rule->is_forbid) {
			count++;
			if (shown < EVENTS_SHOWN_MAX) {
				cell_write(b, l1, cell);
				shown++;
			}
		}
	}
	buffer_text(
		b, count > shown ? arena_format(b->arena, "# and %u more\n", count - shown) : "");
	buffer_text(b, arena_format(b->arena, "```\ncosts at most %u of 64 steps\n", cost));
	if (rule->because != NULL) {
		buffer_text(b, rule->because);
		buffer_text(b, "\n");
	}
}

static bool
is_in(struct span at, size_t offset)
{
	return offset >= at.offset && offset - at.offset <= at.length;
}

static const struct ast_rule *
rule_of(const struct ast_rule *rule, size_t offset)
{
	while (rule != NULL && !is_in(rule->span, offset)) {
		rule = rule->next;
	}
	return rule;
}

/* The rule as it stands in the document, in whatever item, or NULL. */
static const struct ast_rule *
rule_find(const struct ast_item *item, size_t offset)
{
	const struct ast_pitem *pitem;
	const struct ast_rule *found = NULL;

	while (item != NULL && !is_in(item->span, offset)) {
		item = item->next;
	}
	if (item != NULL && item->kind == AST_ITEM_RULE) {
		return item->rule;
	}
	if (item != NULL && item->kind == AST_ITEM_TEMPLATE) {
		return rule_of(item->template->rules, offset);
	}
	pitem = item != NULL && item->kind == AST_ITEM_PROCESS ? item->process->pitems : NULL;
	for (; pitem != NULL && found == NULL; pitem = pitem->next) {
		found = rule_of(pitem->rules, offset);
	}
	return found;
}

/* What became of it: a rule of a template is one for each time that it is applied. */
static void
rules_write(struct buffer *b, const struct analysis *run, uint32_t offset)
{
	const struct span *spans = run->s->rule_spans.elements;

	for (uint32_t i = 0; run->l1 != NULL && i < run->l1->rule_count; i++) {
		const struct l1_rule *rule = &run->l1->rules[i];

		if (!rule->is_generated && spans[i].file == run->s->root->source->id &&
			spans[i].offset == offset) {
			rule_write(b, run->l1, rule);
		}
	}
	if (run->l1 == NULL) {
		buffer_text(b, "what the rule grants is said when the policy has no errors\n");
	} else if (b->size == 0) {
		buffer_text(b, "the rule is in force where a system uses it\n");
	}
}

static void
text_write(struct buffer *b, struct call *c, const struct document *d, size_t offset)
{
	struct analysis run = analysis_names(c->a, c->server, d->path);
	struct vector refs = {0};
	const struct ref *ref;
	const struct ast_rule *rule;

	if (run.s->root == NULL) {
		return;
	}
	refs_collect(run.s, &refs);
	ref = refs_find(&refs, run.s->root->source->id, offset);
	rule = rule_find(run.s->root->file->items, offset);
	if (ref != NULL) {
		name_write(b, &run, ref);
	} else if (rule != NULL) {
		run = analysis_check(c->a, c->server, d->path);
		rules_write(b, &run, rule->event.span.offset);
	}
}

void
hover_answer(struct call *c)
{
	struct document *d = call_document(c);
	struct buffer text;
	size_t offset;

	if (d == NULL || !call_position(c, d, &offset)) {
		return;
	}
	buffer_init(&text, c->a);
	text_write(&text, c, d, offset);
	if (text.size == 0) {
		return;
	}
	buffer_text(c->result, "{\"contents\":{\"kind\":\"markdown\"");
	text_key(c->result, "value");
	text_json(c->result, text.bytes, text.size);
	buffer_text(c->result, "}}");
}
