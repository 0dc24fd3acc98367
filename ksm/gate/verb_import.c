/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_import.c: gate import: a policy of another system as source of Gate, with a report. */
#include <stdio.h>
#include <string.h>

#include "ksm/import/cells.h"
#include "ksm/import/dbus.h"
#include "ksm/import/seccomp.h"
#include "ksm/import/naming.h"
#include "ksm/import/print.h"
#include "ksm/import/project.h"
#include "ksm/import/proof.h"
#include "ksm/import/report.h"
#include "ksm/import/template.h"
#include "ksm/import/world.h"
#include "args.h"
#include "buffer.h"
#include "compile.h"
#include "diag.h"
#include "fmt.h"
#include "options.h"
#include "output.h"
#include "verbs.h"
#include "ksm/import/judge.h"
#include "ksm/import/model.h"

#define PATHS_MAX 32u

struct import_options {
	const char *paths[PATHS_MAX];
	uint32_t path_count;
	const char *without[PATHS_MAX];
	uint32_t without_count;
	const char *values;
	const char *out;       /* NULL: stdout */
	const char *report;    /* NULL: none */
	const char *names;     /* NULL: none */
	bool partial;          /* what cannot be said is denied, and the rest is written */
	struct options common; /* -I */
};

static bool
option_read(struct args *a, struct import_options *o)
{
	static const char *const with_value[] = {"--values", "-o", "--report", "--names"};
	const char **places[] = {&o->values, &o->out, &o->report, &o->names};

	const char *class;

	if (o->without_count < PATHS_MAX && (class = args_value(a, "--without")) != NULL) {
		o->without[o->without_count++] = class;
		return true;
	}
	if (args_flag(a, "--partial")) {
		o->partial = true;
		return true;
	}
	if (options_read(a, &o->common)) {
		return true;
	}
	for (size_t i = 0; i < sizeof with_value / sizeof *with_value; i++) {
		const char *value = args_value(a, with_value[i]);

		if (value != NULL) {
			*places[i] = value;
			return true;
		}
	}
	return false;
}

/* What was lost is an error unless the rest is wanted all the same. */
static bool
lost_report(struct compile *c, const struct judge *l, bool partial)
{
	const struct lost *lost = l->lost.elements;

	for (uint32_t i = 0; i < l->lost.count; i++) {
		if (partial) {
			(void)diag_warning(c, lost[i].at, NULL, "%s", lost[i].why);
		} else {
			diag_help(diag_error(c, lost[i].at, NULL, "%s", lost[i].why),
				"`--partial` denies what this is about and imports the rest");
		}
	}
	return partial || l->lost.count == 0;
}

static bool
files_write(
	struct compile *c, const struct import_options *o, struct cells *cells, struct project *p)
{
	struct output outputs[3];
	size_t count = 0;
	struct buffer text;
	struct buffer report;
	struct buffer names;
	size_t size = 0;
	const char *bytes;

	buffer_init(&text, &c->arena);
	buffer_init(&report, &c->arena);
	buffer_init(&names, &c->arena);
	print_policy(&text, cells);
	if (!lost_report(c, cells->judge, o->partial)) {
		return false;
	}
	bytes = fmt_source(c, source_add(c, "<imported>", text.bytes, text.size), &size);
	if (bytes == NULL || !proof_compile(c, p, cells, o->common.sema, bytes, size)) {
		return false;
	}
	report_print(&report, p, cells);
	print_names(&names, cells);
	if (o->out == NULL) {
		(void)fwrite(bytes, 1, size, stdout);
	} else {
		outputs[count++] = (struct output){o->out, bytes, size};
	}
	if (o->report != NULL) {
		outputs[count++] = (struct output){o->report, report.bytes, report.size};
	}
	if (o->names != NULL) {
		outputs[count++] = (struct output){o->names, names.bytes, names.size};
	}
	return output_write(outputs, count);
}

/* The configs of all objects, before anybody looks into one. */
static bool
objects_check(struct compile *c, const struct psl *psl)
{
	for (const struct psl_object *o = psl->objects; o != NULL; o = o->next) {
		struct span at;
		const char *fault = model_fault(o, &at);

		if (fault != NULL) {
			(void)diag_error(c, at, NULL, "%s", fault);
			return false;
		}
	}
	return true;
}

static const struct cells_source psl_source = {.title = "a KasperskyOS policy",
	.foreign = ": foreign, no EDL of it was found.",
	.start = judge_start,
	.ask = judge_event};

/* Whether a path is one file of another language than PSL, by the end of its name. */
static bool
is_named(const struct import_options *o, const char *end)
{
	size_t length = strlen(o->paths[0]);

	return o->path_count == 1 && length > strlen(end) &&
	       strcmp(o->paths[0] + length - strlen(end), end) == 0;
}

/* Reads what there is to read. Returns its language, or NULL after a report. */
static const struct cells_source *
world_read(struct compile *c, const struct import_options *o, struct project *p, struct world *w)
{
	bool is_dbus = is_named(o, ".conf") || is_named(o, ".xml");
	const struct source *s;

	if (!is_dbus && !is_named(o, ".json")) {
		return project_read(p, c, o->paths, o->path_count, o->values) &&
				       objects_check(c, &p->psl) && world_make(w, &p->spec, &p->psl)
			       ? &psl_source
			       : NULL;
	}
	s = source_read(c, o->paths[0]);
	memset(p, 0, sizeof *p);
	p->compile = c;
	p->values_path = o->values;
	p->main_path = o->paths[0];
	p->spec.compile = c;
	psl_begin(&p->psl, c);
	memset(w, 0, sizeof *w);
	w->compile = c;
	w->spec = &p->spec;
	w->psl = &p->psl;
	if (s == NULL || (o->values != NULL && !template_values(p)) ||
		!(is_dbus ? dbus_read(w, s, &p->notes) : seccomp_read(w, s, p))) {
		return NULL;
	}
	return is_dbus ? &dbus_source : &seccomp_source;
}

static bool
classes_leave_out(const struct import_options *o, struct world *w)
{
	for (uint32_t i = 0; i < o->without_count; i++) {
		struct world_class *class = world_class(w, o->without[i]);

		if (class == NULL) {
			(void)fprintf(stderr, "gate import: error: the policy has no class %s\n",
				o->without[i]);
			return false;
		}
		class->is_left_out = true;
	}
	return true;
}

static bool
import(struct compile *c, const struct import_options *o)
{
	struct project project;
	struct world world;
	struct cells cells;
	const struct cells_source *source = world_read(c, o, &project, &world);

	if (source == NULL || !classes_leave_out(o, &world)) {
		return false;
	}
	project_tasks(&project, &world);
	naming_world(&world);
	cells_make(&cells, &world, source);
	return files_write(c, o, &cells, &project);
}

int
verb_import(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct import_options o = {0};
	struct compile c;
	bool done;
	int result;

	options_begin(&o.common);
	while (args_more(&a)) {
		const char *path;

		if (option_read(&a, &o)) {
			continue;
		}
		path = args_word(&a);
		if (path == NULL || o.path_count == PATHS_MAX) {
			return args_refuse(&a);
		}
		o.paths[o.path_count++] = path;
	}
	if (o.path_count == 0) {
		return args_refuse(&a);
	}
	compile_init(&c);
	done = options_end(&o.common, &c) && import(&c, &o);
	result = compile_report(&c, o.common.json);
	compile_release(&c);
	return done ? result : 1;
}
