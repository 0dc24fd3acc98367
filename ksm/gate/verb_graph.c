/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* verb_graph.c: gate graph: who may call whom, as a picture. */
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "compile.h"
#include "graph.h"
#include "l1.h"
#include "options.h"
#include "output.h"
#include "sema.h"
#include "verbs.h"

#define NODES_MAX 120u
#define EDGES_MAX 400u

struct graph_options {
	struct options options;
	const char *file;
	const char *old; /* or NULL */
	const char *out; /* NULL: stdout */
	enum graph_by by;
	bool is_dot;
};

static bool
by_read(const char *word, enum graph_by *by)
{
	static const char *const words[] = {"instance", "level", "folder"};

	for (uint32_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(word, words[i]) == 0) {
			*by = (enum graph_by)i;
			return true;
		}
	}
	return false;
}

static bool
option_read(struct args *a, struct graph_options *options)
{
	int at = a->at;
	const char *value;

	if (args_flag(a, "--dot")) {
		options->is_dot = true;
		return true;
	}
	value = args_value(a, "--by");
	if (value != NULL) {
		bool is_right = by_read(value, &options->by);

		a->at = is_right ? a->at : at;
		return is_right;
	}
	value = args_value(a, "-o");
	if (value != NULL) {
		options->out = value;
		return true;
	}
	value = args_value(a, "--old");
	if (value != NULL) {
		options->old = value;
		return true;
	}
	return options_read(a, &options->options);
}

/* Compiles a file and adds what it allows. Returns the exit code. */
static int
file_add(struct graph *g, struct compile *c, struct sema *s, struct graph_options *options,
	const char *path, bool is_old)
{
	if (!options_end(&options->options, c) ||
		sema_run(s, c, &options->options.sema, path) == NULL) {
		return compile_report(c, options->options.json);
	}
	if (s->system == NULL) {
		diag_help(diag_error(c, span_of_file(s->root->source), "P6",
				  "this file has no system"),
			"name the deployment's product.gate");
		return compile_report(c, options->options.json);
	}
	graph_add(g, s, is_old);
	g->title = arena_format(g->a, "%s: who may call whom%s", s->l1->system_name,
		g->is_diff ? ", and what changes" : "");
	return 0;
}

static int
draw(struct graph *g, const struct graph_options *options)
{
	struct output_text out;

	if (!options->is_dot && (g->nodes.count > NODES_MAX || g->edges.count > EDGES_MAX)) {
		(void)fprintf(stderr,
			"gate graph: %u boxes and %u lines are no picture; type `--by level` or "
			"`--by folder`, or `--dot` for a program that draws\n",
			g->nodes.count, g->edges.count);
		return 1;
	}
	if (!output_text_begin(&out, options->out)) {
		return 1;
	}
	if (options->is_dot) {
		graph_dot(g, out.stream);
	} else {
		graph_place(g);
		graph_svg(g, out.stream);
	}
	return output_text_end(&out, true) ? 0 : 1;
}

static int
run(struct graph_options *options)
{
	struct compile compiles[2];
	struct sema semas[2];
	struct arena arena;
	struct graph g = {.a = &arena, .by = options->by, .is_diff = options->old != NULL};
	int result = 0;

	arena_init(&arena);
	compile_init(&compiles[0]);
	compile_init(&compiles[1]);
	result = file_add(&g, &compiles[0], &semas[0], options, options->file, false);
	if (result == 0 && options->old != NULL) {
		result = file_add(&g, &compiles[1], &semas[1], options, options->old, true);
	}
	if (result == 0) {
		result = draw(&g, options);
	}
	compile_release(&compiles[0]);
	compile_release(&compiles[1]);
	arena_release(&arena);
	return result;
}

int
verb_graph(int argc, char **argv)
{
	struct args a = args_begin(argc, argv);
	struct graph_options options = {.file = NULL};

	options_begin(&options.options);
	while (args_more(&a)) {
		if (option_read(&a, &options)) {
			continue;
		}
		if (options.file != NULL || (options.file = args_word(&a)) == NULL) {
			return args_refuse(&a);
		}
	}
	return options.file == NULL ? args_refuse(&a) : run(&options);
}
