/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * QEMU plugin: the longest run of guest instructions in which an interrupt has to wait. The kernel
 * runs with interrupts masked from entry to exit, and lies above every user address: so a run is
 * what is executed of it in a row. It starts anew where the kernel asks the interrupt controller
 * whether one waits (then it leaves), and where it waits for one itself. What comes before the
 * first user instruction does not count. Arguments: out=FILE, which gets the length and the
 * addresses where it was spent; gic=ADDRESS of the CPU interface as the kernel sees it.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugin.h"

int qemu_plugin_version = 1;

#define WFI_A64     UINT32_C(0xd503207f)
#define WFI_T32     UINT32_C(0xbf30)
#define GICC_IAR    0x0cu /* IHI 0048B table 4-2 */
#define GICC_HPPIR  0x18u
#define BLOCKS_MOST 65536u
#define PLACES_MOST 4096u

/* A translated block: straight code. */
struct block {
	uint64_t address;
	uint32_t instructions;
	bool is_kernel;
	bool waits;
};

struct place {
	uint64_t address;
	uint64_t instructions;
};

static struct block blocks[BLOCKS_MOST];
static uint32_t block_count;
static struct place run[PLACES_MOST], longest[PLACES_MOST];
static uint32_t run_places, longest_places;
static uint64_t run_length, longest_length;
static bool has_started;
static uint64_t gic;
static const char *out = "masked.txt";

static void
run_end(void)
{
	if (has_started && run_length > longest_length) {
		longest_length = run_length;
		longest_places = run_places;
		memcpy(longest, run, run_places * sizeof(run[0]));
	}
	run_length = 0;
	run_places = 0;
}

static void
run_add(const struct block *block)
{
	uint32_t i = 0;

	run_length += block->instructions;
	while (i < run_places && run[i].address != block->address) {
		i++;
	}
	if (i == run_places && run_places < PLACES_MOST) {
		run[run_places++] = (struct place){.address = block->address};
	}
	if (i < run_places) {
		run[i].instructions += block->instructions;
	}
}

static void
executed(unsigned cpu, void *argument)
{
	const struct block *block = argument;

	(void)cpu;
	if (!block->is_kernel) {
		run_end();
		has_started = true;
		return;
	}
	run_add(block);
	if (block->waits) {
		run_end();
	}
}

static void
read_word(unsigned cpu, uint32_t info, uint64_t vaddr, void *argument)
{
	(void)cpu;
	(void)info;
	(void)argument;
	if (vaddr == gic + GICC_IAR || vaddr == gic + GICC_HPPIR) {
		run_end();
	}
}

static void
translated(plugin_id id, struct qemu_plugin_tb *tb)
{
	size_t count = qemu_plugin_tb_n_insns(tb);
	struct block *block = &blocks[block_count];
	uint32_t last = 0;

	(void)id;
	if (block_count < BLOCKS_MOST - 1) {
		block_count++;
	}
	block->address = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, 0));
	block->instructions = (uint32_t)count;
	block->is_kernel = block->address >= PLUGIN_KERNEL_BASE;
	if (block->is_kernel) {
		const struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, count - 1);

		memcpy(&last, qemu_plugin_insn_data(insn), qemu_plugin_insn_size(insn));
		block->waits = last == WFI_A64 || last == WFI_T32;
		for (size_t i = 0; i < count; i++) {
			qemu_plugin_register_vcpu_mem_cb(qemu_plugin_tb_get_insn(tb, i), read_word,
				0, PLUGIN_ACCESS_ANY, NULL);
		}
	}
	qemu_plugin_register_vcpu_tb_exec_cb(tb, executed, 0, block);
}

static void
ended(plugin_id id, void *argument)
{
	FILE *file = fopen(out, "w");

	(void)id;
	(void)argument;
	run_end();
	if (file == NULL) {
		return;
	}
	fprintf(file, "longest %" PRIu64 "\n", longest_length);
	for (uint32_t i = 0; i < longest_places; i++) {
		fprintf(file, "%" PRIx64 " %" PRIu64 "\n", longest[i].address,
			longest[i].instructions);
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
		} else if (strncmp(argv[i], "gic=", 4) == 0) {
			gic = strtoull(argv[i] + 4, NULL, 0);
		}
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	qemu_plugin_register_atexit_cb(id, ended, NULL);
	return 0;
}
