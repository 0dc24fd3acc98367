/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema.c: from a file to L1: the stages of the middle, in their order. */
#include "sema.h"

#include <string.h>

#include "ast.h"
#include "check_rule.h"
#include "check_wire.h"
#include "claim.h"
#include "compile.h"
#include "digest.h"
#include "digests.h"
#include "flow_claim.h"
#include "generated.h"
#include "level.h"
#include "limit.h"
#include "lower.h"
#include "lower_instance.h"
#include "lower_rule.h"
#include "memory.h"
#include "object.h"
#include "others.h"
#include "path_label.h"
#include "record.h"
#include "scope.h"
#include "sema_interface.h"
#include "sema_options.h"
#include "sema_process.h"
#include "sema_system.h"
#include "test_check.h"
#include "types.h"
#include "unit.h"
#include "value.h"

bool
sema_same(const char *a, const char *b)
{
	return a != NULL && b != NULL && (a == b || strcmp(a, b) == 0);
}

struct l1_position
sema_position(const struct sema *s, struct span at)
{
	return (struct l1_position){
		.file = source_find(s->c, at.file)->path, .line = at.line, .column = at.col};
}

struct instance_info *
sema_instance(const struct sema *s, uint32_t index)
{
	return &((struct instance_info *)s->instances.elements)[index];
}

uint32_t
sema_instance_index(const struct sema *s, const char *name)
{
	uint32_t i = index_first(&s->instance_index, index_hash(0, name, strlen(name)));

	while (i != INDEX_NONE && !sema_same(sema_instance(s, i)->name, name)) {
		i = index_next(&s->instance_index, i);
	}
	return i == INDEX_NONE ? s->instances.count : i;
}

static bool
is_clean(const struct sema *s)
{
	return s->c->diags.error_count == 0;
}

/* Names and types: what the file declares. */
static bool
declare(struct sema *s)
{
	scope_declare(s);
	if (!is_clean(s)) {
		return false;
	}
	types_declare(s);
	records_declare(s);
	value_constants(s);
	if (!is_clean(s)) {
		return false;
	}
	sema_interfaces(s);
	if (!is_clean(s) || !sema_board(s)) {
		return false;
	}
	levels_declare(s);
	sema_processes(s);
	path_labels_declare(s);
	objects_declare(s);
	return is_clean(s);
}

static bool
core_check(struct sema *s)
{
	struct diag *d;

	if (s->core != NULL || s->system == NULL) {
		return true;
	}
	d = diag_error(s->c, s->system->word, "N5", "a system needs unit `kernel.core`");
	diag_help(d, "say -I with the folder that holds kernel/core.gate");
	return false;
}

/* A file without a system has no instances; those that were made up have done their service. */
static void
forget_made_up(struct l1 *l1)
{
	l1->instance_count = 0;
	l1->label_count = 0;
	l1->rule_count = 0;
	l1->cell_count = 0;
	for (uint32_t i = 0; i < l1->class_count; i++) {
		l1->classes[i].is_used = false;
	}
}

/* Everything about one system; of a file without one only the checks of each rule by itself. */
static bool
lower(struct sema *s)
{
	if (!core_check(s)) {
		return false;
	}
	sema_instances(s);
	if (!is_clean(s)) {
		return false;
	}
	lower_instances(s);
	digests_give(s);
	lower_rules(s);
	if (!is_clean(s)) {
		return false;
	}
	if (s->system != NULL) {
		generated_rules(s);
		limits_declare(s);
	}
	if (!is_clean(s)) {
		return false;
	}
	lower_finish(s);
	digest_system(s->l1);
	s->l1->version = s->options->version;
	if (!others_edges(s, s->options->others)) {
		return false;
	}
	objects_number(s);
	if (!is_clean(s)) {
		return false;
	}
	claims_check(s);
	flow_claims_check(s);
	if (s->system != NULL && is_clean(s)) {
		check_rules(s);
		objects_check(s);
		check_wires(s);
		memory_check(s);
	}
	if (s->system != NULL) {
		tests_check(s);
	} else {
		forget_made_up(s->l1);
	}
	return is_clean(s);
}

struct l1 *
sema_run(struct sema *s, struct compile *c, const struct sema_options *options, const char *path)
{
	*s = (struct sema){.c = c, .options = options};
	s->l1 = arena_alloc(&c->arena, sizeof *s->l1);
	if (!unit_load_all(s, path)) {
		return NULL;
	}
	if (options->change != NULL) {
		options->change(s, options->change_data);
	}
	if (!declare(s) || !lower(s)) {
		return NULL;
	}
	return s->l1;
}
