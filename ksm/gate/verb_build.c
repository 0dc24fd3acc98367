/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_build.c: gate build: a system's policy and system blob, checked, and all or nothing. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "ast.h"
#include "boards.h"
#include "compile.h"
#include "dump_blob.h"
#include "emit.h"
#include "emit_system.h"
#include "memory.h"
#include "options.h"
#include "others.h"
#include "output.h"
#include "policy.h"
#include "sema.h"
#include "verbs.h"

struct build_options {
	struct options common;
	const char *file;
	const char *policy_path;
	const char *system_path;
	const char *names_path;
	const char *other_paths[OTHERS_MAX];
	uint32_t other_count;
	bool costs;
	bool dump_blob;
};

/* Everything a number in a record or a dump can mean, one line each. */
static void
names_write(const struct l1 *l1, struct buffer *b)
{
	struct arena *a = b->arena;

	for (uint32_t i = 0; i < l1->label_count; i++) {
		buffer_text(b, arena_format(a, "label %u %s\n", i, l1->labels[i].name));
	}
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		const struct l1_interface *interface = &l1->interfaces[i];

		for (uint32_t m = 0; m < interface->method_count; m++) {
			if (!interface->methods[m].is_reserved) {
				buffer_text(b, arena_format(a, "method %u.%u %s.%s\n",
						       interface->id, m + 1, interface->name,
						       interface->methods[m].name));
			}
		}
	}
	for (uint32_t i = 0; i < l1->rule_count; i++) {
		const struct l1_rule *rule = &l1->rules[i];

		buffer_text(b,
			arena_format(a, "rule %u %s:%u %.*s\n", rule->number, rule->position.file,
				rule->position.line, (int)rule->text_bytes, rule->text_begin));
	}
}

static bool
system_make(struct policy *p, struct buffer *system)
{
	struct sema *s = p->sema;
	struct system_result result = emit_system(p->l1, s->board, memory_programs(s), system);
	struct span at = s->system_at;

	for (uint32_t i = 1; result.instance != NULL && i < s->instances.count; i++) {
		if (sema_instance(s, i)->number == result.instance->number) {
			at = sema_instance(s, i)->at;
		}
	}
	if (result.sentence != NULL) {
		diag_error(s->c, at, "P11", "%s", result.sentence);
	}
	return result.sentence == NULL;
}

static bool
blobs_write(const struct build_options *options, const struct policy *p,
	const struct buffer *system, const struct buffer *names)
{
	const struct output all[] = {
		{options->policy_path, p->blob.bytes, p->blob.size},
		{options->system_path, system->bytes, system->size},
		{options->names_path, names->bytes, names->size},
	};
	struct output wanted[3];
	size_t count = 0;

	for (uint32_t i = 0; i < 3; i++) {
		if (all[i].path != NULL) {
			wanted[count++] = all[i];
		}
	}
	return output_write(wanted, count);
}

static void
summary_print(const struct policy *p, const struct others *others)
{
	(void)fprintf(stderr,
		"policy: %zu bytes, %zu of them names; %u edges, %u rules, %u programs; %" PRIu64
		" messages compared with L1\n",
		p->blob.size, p->names_bytes, p->edge_count, p->l1->rule_count, p->program_count,
		p->point_count);
	if (others->count != 0) {
		(void)fprintf(stderr, "a swap moves %u states of %u words in one step\n",
			p->l1->state_count, p->l1->word_count);
	}
}

/* Whoever drives a device that writes memory by itself can reach all of it (decisions C5). */
static void
masters_print(const struct policy *p)
{
	const struct board *machine = p->sema->board;

	for (uint32_t i = 1; i < p->l1->instance_count; i++) {
		const struct l1_instance *instance = &p->l1->instances[i];

		for (uint32_t n = 0; n < instance->class->device_count; n++) {
			const struct l1_device *device = &instance->class->devices[n];

			if (device->is_board && machine->devices[device->index].bus_master) {
				(void)fprintf(stderr,
					"trusted like the kernel: %s, because %s writes memory by "
					"itself\n",
					instance->name, device->name);
			}
		}
	}
}

static bool
others_read(struct build_options *options, struct compile *c, struct others *others)
{
	*others = (struct others){0};
	for (uint32_t i = 0; i < options->other_count; i++) {
		if (!others_add(others, c, options->other_paths[i])) {
			return false;
		}
	}
	options->common.sema.others = others;
	return true;
}

static int
run(struct compile *c, struct build_options *options)
{
	struct policy p;
	struct buffer system = {.arena = &c->arena};
	struct buffer names = {.arena = &c->arena};
	struct others others;
	bool is_made = options_end(&options->common, c) && others_read(options, c, &others) &&
		       policy_make(&p, c, &options->common.sema, options->file) &&
		       system_make(&p, &system);
	int result = compile_report(c, options->common.json);

	if (!is_made || result != 0) {
		return 1;
	}
	if (options->names_path != NULL) {
		names_write(p.l1, &names);
	}
	if (options->costs) {
		emit_costs(p.l1, stdout);
	}
	if (options->dump_blob) {
		dump_blob(stdout, (const uint8_t *)p.blob.bytes, p.blob.size);
	}
	if (!blobs_write(options, &p, &system, &names)) {
		return 1;
	}
	summary_print(&p, &others);
	masters_print(&p);
	return 0;
}

static bool
version_read(const char *word, uint64_t *version)
{
	char *end;

	errno = 0;
	*version = strtoull(word, &end, 10);
	return errno == 0 && *end == '\0' && word[0] >= '0' && word[0] <= '9';
}

static bool
option_read(struct args *a, struct build_options *options)
{
	const char **const paths[] = {
		&options->policy_path, &options->system_path, &options->names_path};
	static const char *const words[] = {"--policy", "--system", "--names"};
	int at = a->at;
	const char *value;

	for (uint32_t i = 0; i < 3; i++) {
		value = args_value(a, words[i]);
		if (value != NULL) {
			*paths[i] = value;
			return true;
		}
	}
	if (args_flag(a, "--draft")) {
		options->common.sema.refuses_drafts = false;
		return true;
	}
	if (args_flag(a, "--costs")) {
		options->costs = true;
		return true;
	}
	value = args_value(a, "--also");
	if (value != NULL && options->other_count < OTHERS_MAX) {
		options->other_paths[options->other_count++] = value;
		return true;
	}
	value = args_value(a, "--version");
	if (value != NULL) {
		return version_read(value, &options->common.sema.version);
	}
	value = args_value(a, "--dump");
	if (value != NULL) {
		options->dump_blob = strcmp(value, "blob") == 0;
		a->at = options->dump_blob ? a->at : at;
		return options->dump_blob;
	}
	return options_read(a, &options->common);
}

int
verb_build(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct build_options options = {0};
	struct compile c;
	int result;

	options_begin(&options.common);
	options.common.sema.forgets_rules = true;
	options.common.sema.refuses_drafts = true;
	while (args_more(&a)) {
		const char *word;

		if (option_read(&a, &options)) {
			continue;
		}
		word = args_word(&a);
		if (word == NULL || options.file != NULL) {
			return args_refuse(&a);
		}
		options.file = word;
	}
	if (options.file == NULL) {
		return args_refuse(&a);
	}
	compile_init(&c);
	result = run(&c, &options);
	compile_release(&c);
	return result;
}
