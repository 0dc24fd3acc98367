/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* policy.c: a file all the way to a blob that was checked against L1. */
#include "policy.h"

#include "compile.h"
#include "emit.h"
#include "sema.h"
#include "sema_options.h"
#include "validate.h"

static struct span
cell_place(const struct sema *s, const struct l1_cell *cell, const struct l1_rule *rule)
{
	const struct l1_rule *named = rule != NULL ? rule : cell != NULL ? cell->source : NULL;

	if (named == NULL || named->is_generated) {
		return s->system == NULL ? span_of_file(s->root->source)
					 : sema_instance(s, s->instances.count - 1)->at;
	}
	return ((const struct span *)s->rule_spans.elements)[named->number - 1];
}

static bool
fail(struct sema *s, struct span at, const char *clause, const char *sentence, const char *help)
{
	struct diag *d = diag_error(s->c, at, clause, "%s", sentence);

	if (help != NULL) {
		diag_help(d, "%s", help);
	}
	return false;
}

bool
policy_make(
	struct policy *p, struct compile *c, const struct sema_options *options, const char *path)
{
	struct emit_result emitted;
	struct validate_result validated;

	*p = (struct policy){.sema = arena_alloc(&c->arena, sizeof *p->sema)};
	buffer_init(&p->blob, &c->arena);
	p->l1 = sema_run(p->sema, c, options, path);
	if (p->l1 == NULL) {
		return false;
	}
	if (p->sema->system == NULL) {
		return fail(p->sema, span_of_file(p->sema->root->source), "P6",
			"this file has no system", "name the deployment's product.gate");
	}
	if (options->forgets_rules) { /* L1 has all that is asked for from here on */
		arena_release(&c->trees);
	}
	emitted = emit_policy(p->l1, &p->blob);
	p->names_bytes = emitted.names_bytes;
	p->edge_count = emitted.edge_count;
	p->program_count = emitted.program_count;
	if (emitted.error != EMIT_OK) {
		return fail(p->sema, cell_place(p->sema, emitted.cell, emitted.rule), "S40",
			emitted.sentence, emitted.help);
	}
	validated = validate_policy(p->l1, p->blob.bytes, p->blob.size, emitted.digest, &c->arena);
	p->point_count = validated.point_count;
	if (validated.sentence != NULL) {
		return fail(p->sema, cell_place(p->sema, validated.cell, NULL), "S39",
			validated.sentence, validated.help);
	}
	return true;
}
