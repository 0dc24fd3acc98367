/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * QEMU plugin: what the kernel executes and touches between two marks. A mark is an instruction
 * that does nothing and that no compiler writes (mark=WORD, as deployments/bench/meter has it); the
 * first opens a window, the next closes it, and so on; with `from`, each execution of that kernel
 * instruction opens one anew, and a mark closes it. For each window the output has a line
 *   window N INSTRUCTIONS CODE-LINES DATA-LINES
 * with the kernel's instructions and the lines of 64 bytes that they stand in and access, then for
 * each address of the kernel `ADDRESS TIMES`.
 * Arguments: out=FILE, mark=WORD, from=ADDRESS.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugin.h"

int qemu_plugin_version = 1;

#define LINE_BYTES  64u
#define PLACES_MOST 65536u

struct place {
	uint64_t address;
	uint64_t times;
};

/* Of one window; sets are short lists that are searched. */
struct set {
	struct place places[PLACES_MOST];
	uint32_t count;
};

static struct set executed, code_lines, data_lines;
static struct place instructions[PLACES_MOST];
static uint32_t instruction_count;
static uint64_t length;
static uint32_t windows;
static uint32_t mark; /* an instruction of four bytes */
static uint64_t from; /* 0: windows are opened by marks */
static bool is_open;
static FILE *out;

static void
set_add(struct set *set, uint64_t address)
{
	uint32_t i = 0;

	while (i < set->count && set->places[i].address != address) {
		i++;
	}
	if (i == set->count && set->count < PLACES_MOST) {
		set->places[set->count++] = (struct place){.address = address};
	}
	if (i < set->count) {
		set->places[i].times++;
	}
}

static void
window_clear(void)
{
	executed.count = code_lines.count = data_lines.count = 0;
	length = 0;
}

static void
window_close(void)
{
	fprintf(out, "window %" PRIu32 " %" PRIu64 " %" PRIu32 " %" PRIu32 "\n", ++windows, length,
		code_lines.count, data_lines.count);
	for (uint32_t i = 0; i < executed.count; i++) {
		fprintf(out, "%" PRIx64 " %" PRIu64 "\n", executed.places[i].address,
			executed.places[i].times);
	}
	window_clear();
}

static void
marked(unsigned cpu, void *argument)
{
	(void)cpu;
	(void)argument;
	if (is_open) {
		window_close();
	}
	is_open = !is_open && from == 0;
}

static void
entered(unsigned cpu, void *argument)
{
	(void)cpu;
	(void)argument;
	window_clear();
	is_open = true;
}

static void
ran(unsigned cpu, void *argument)
{
	const struct place *instruction = argument;

	(void)cpu;
	if (is_open) {
		length++;
		set_add(&executed, instruction->address);
		set_add(&code_lines, instruction->address / LINE_BYTES);
	}
}

static void
touched(unsigned cpu, uint32_t info, uint64_t vaddr, void *argument)
{
	(void)cpu;
	(void)info;
	(void)argument;
	if (is_open) {
		set_add(&data_lines, vaddr / LINE_BYTES);
	}
}

static void
translated(plugin_id id, struct qemu_plugin_tb *tb)
{
	size_t count = qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (size_t i = 0; i < count; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		struct place *place = &instructions[instruction_count];
		uint32_t word = 0;

		if (qemu_plugin_insn_size(insn) == sizeof(word)) {
			memcpy(&word, qemu_plugin_insn_data(insn), sizeof(word));
		}
		if (word == mark) {
			qemu_plugin_register_vcpu_insn_exec_cb(insn, marked, 0, NULL);
		}
		place->address = qemu_plugin_insn_vaddr(insn);
		if (place->address < PLUGIN_KERNEL_BASE) {
			continue;
		}
		if (place->address == from) {
			qemu_plugin_register_vcpu_insn_exec_cb(insn, entered, 0, NULL);
		}
		if (instruction_count < PLACES_MOST - 1) {
			instruction_count++;
		}
		qemu_plugin_register_vcpu_insn_exec_cb(insn, ran, 0, place);
		qemu_plugin_register_vcpu_mem_cb(insn, touched, 0, PLUGIN_ACCESS_ANY, NULL);
	}
}

static void
ended(plugin_id id, void *argument)
{
	(void)id;
	(void)argument;
	fclose(out);
}

int
qemu_plugin_install(plugin_id id, const struct qemu_info *info, int argc, char **argv)
{
	(void)info;
	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], "out=", 4) == 0) {
			out = fopen(argv[i] + 4, "w");
		} else if (strncmp(argv[i], "mark=", 5) == 0) {
			mark = (uint32_t)strtoul(argv[i] + 5, NULL, 0);
		} else if (strncmp(argv[i], "from=", 5) == 0) {
			from = strtoull(argv[i] + 5, NULL, 0);
		}
	}
	if (out == NULL) {
		return 1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	qemu_plugin_register_atexit_cb(id, ended, NULL);
	return 0;
}
