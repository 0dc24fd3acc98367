/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * QEMU plugin: what of the kernel was executed, and where each block went on. Argument: out=FILE,
 * to which lines are added: `i ADDRESS` for an instruction, `e FROM TO` for the last instruction of
 * a block and the first of the next.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/plugin.h"

int qemu_plugin_version = 1;

#define EDGES_MOST (UINT32_C(1) << 20) /* a power of two */

/* A translated block: straight code. */
struct block {
	uint64_t *addresses;
	size_t count;
	bool was_executed;
	struct block *next; /* of all */
};

struct edge {
	uint64_t from;
	uint64_t to;
};

static struct block *blocks;
static struct edge *edges;
static const struct block *before; /* what was executed last; NULL: not the kernel's */
static const char *out = "trace.txt";

static void
edge_note(uint64_t from, uint64_t to)
{
	uint64_t at =
		(from * UINT64_C(0x9e3779b97f4a7c15) + to * UINT64_C(0xc2b2ae3d27d4eb4f)) >> 44;

	for (uint32_t i = 0; i < EDGES_MOST; i++, at++) {
		struct edge *edge = &edges[at % EDGES_MOST];
		if (edge->from == from && edge->to == to) {
			return;
		}
		if (edge->from == 0) {
			*edge = (struct edge){from, to};
			return;
		}
	}
}

static void
executed(unsigned cpu, void *argument)
{
	struct block *block = argument;

	(void)cpu;
	if (block->count == 0) {
		before = NULL;
		return;
	}
	block->was_executed = true;
	if (before != NULL) {
		edge_note(before->addresses[before->count - 1], block->addresses[0]);
	}
	before = block;
}

static void
translated(plugin_id id, struct qemu_plugin_tb *tb)
{
	struct block *block = calloc(1, sizeof(*block));
	size_t count = qemu_plugin_tb_n_insns(tb);

	(void)id;
	if (block == NULL) {
		return;
	}
	if (qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, 0)) >= PLUGIN_KERNEL_BASE) {
		block->addresses = calloc(count, sizeof(*block->addresses));
		block->count = block->addresses == NULL ? 0 : count;
	}
	for (size_t i = 0; i < block->count; i++) {
		block->addresses[i] = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, i));
	}
	block->next = blocks;
	blocks = block;
	qemu_plugin_register_vcpu_tb_exec_cb(tb, executed, 0, block);
}

static void
ended(plugin_id id, void *argument)
{
	FILE *file = fopen(out, "a");

	(void)id;
	(void)argument;
	if (file == NULL) {
		return;
	}
	for (const struct block *block = blocks; block != NULL; block = block->next) {
		for (size_t i = 0; block->was_executed && i < block->count; i++) {
			fprintf(file, "i %" PRIx64 "\n", block->addresses[i]);
		}
	}
	for (uint32_t i = 0; i < EDGES_MOST; i++) {
		if (edges[i].from != 0) {
			fprintf(file, "e %" PRIx64 " %" PRIx64 "\n", edges[i].from, edges[i].to);
		}
	}
	fclose(file);
}

int
qemu_plugin_install(plugin_id id, const struct qemu_info *info, int argc, char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], "out=", 4) == 0) {
			out = argv[i] + 4;
		}
	}
	edges = calloc(EDGES_MOST, sizeof(*edges));
	if (edges == NULL) {
		return 1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	qemu_plugin_register_atexit_cb(id, ended, NULL);
	return 0;
}
