/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* memory.c: what each instance needs, and whether the board has it. */
#include "memory.h"

#include <inttypes.h>

#include "ast.h"
#include "boards.h"
#include "compile.h"
#include "digests.h"
#include "emit_system.h"
#include "sema.h"
#include "sema_options.h"

/* What kernel, bundle and init take before the first instance: an upper bound of ours. */
#define MEMORY_KEPT_BYTES (UINT64_C(16) * 1024 * 1024)

const struct system_program *
memory_programs(const struct sema *s)
{
	struct system_program *programs =
		arena_array(&s->c->arena, s->l1->instance_count, sizeof *programs);

	for (uint32_t i = 1; i < s->l1->instance_count; i++) {
		const struct digests_entry *entry =
			digests_find(s->options->digests, s->l1->instances[i].class->program);

		if (entry != NULL) {
			programs[i].is_known = true;
			programs[i].text_pages = entry->text_pages;
			programs[i].data_pages = entry->data_pages;
			programs[i].bss_pages = entry->bss_pages;
		}
	}
	return programs;
}

static uint64_t
memory_sum(const struct sema *s, const struct system_program *programs)
{
	uint64_t sum = 0;

	for (uint32_t i = 1; i < s->l1->instance_count; i++) {
		struct system_memory memory =
			system_memory_of(s->l1, s->board, &s->l1->instances[i], &programs[i]);

		sum += (uint64_t)memory.own_bytes + memory.account_bytes;
	}
	return sum;
}

void
memory_check(struct sema *s)
{
	uint64_t sum = memory_sum(s, memory_programs(s));
	uint64_t room = s->board->ram_bytes - MEMORY_KEPT_BYTES;
	struct diag *d;

	if (sum <= room) {
		return;
	}
	d = diag_error(s->c, ast_item_name(s->system)->span, "P9",
		"this system needs %" PRIu64 " bytes, %s has %" PRIu64, sum, s->board->name, room);
	diag_help(d, "`gate check --normal` prints the needs of each process");
}

static const struct l1_instance *
instance_of(const struct l1 *l1, const struct l1_class *class)
{
	for (uint32_t i = 1; i < l1->instance_count; i++) {
		if (l1->instances[i].class == class) {
			return &l1->instances[i];
		}
	}
	return NULL;
}

void
memory_print(const struct sema *s, FILE *out)
{
	const struct system_program *programs = memory_programs(s);

	(void)fprintf(out, "memory in bytes%s:\n",
		s->options->digests == NULL ? " (programs guessed: say --digests for their sizes)"
					    : "");
	(void)fprintf(out, "    %-24s %9s %9s %9s %9s %9s %9s %6s\n", "class", "program", "stack",
		"tables", "objects", "account", "sum", "slots");
	for (uint32_t i = 1; i < s->l1->class_count; i++) {
		const struct l1_instance *instance = instance_of(s->l1, &s->l1->classes[i]);
		struct system_memory m;

		if (instance == NULL) {
			continue;
		}
		m = system_memory_of(s->l1, s->board, instance, &programs[instance->number]);
		(void)fprintf(out, "    %-24s %9u %9u %9u %9u %9u %9u %6u\n",
			s->l1->classes[i].name, m.program_bytes, m.stack_bytes, m.table_bytes,
			m.object_bytes, m.account_bytes, m.own_bytes + m.account_bytes, m.slots);
	}
	(void)fprintf(out, "    all instances: %" PRIu64 " of %" PRIu64 "\n",
		memory_sum(s, programs), s->board->ram_bytes - MEMORY_KEPT_BYTES);
}
