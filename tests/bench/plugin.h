/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* QEMU 7.2, docs/devel/tcg-plugins.rst: what of the plugin interface, version 1, is used here. The
 * header comes with no Debian package. */
#ifndef TESTS_BENCH_PLUGIN_H
#define TESTS_BENCH_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_info;
typedef uint64_t plugin_id;

#define PLUGIN_ACCESS_ANY 3

void qemu_plugin_register_vcpu_tb_trans_cb(
	plugin_id id, void (*function)(plugin_id id, struct qemu_plugin_tb *block));
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *block,
	void (*function)(unsigned cpu, void *argument), int flags, void *argument);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
	void (*function)(unsigned cpu, void *argument), int flags, void *argument);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn,
	void (*function)(unsigned cpu, uint32_t info, uint64_t vaddr, void *argument), int flags,
	int access, void *argument);
void qemu_plugin_register_atexit_cb(
	plugin_id id, void (*function)(plugin_id id, void *argument), void *argument);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);

#define PLUGIN_EXPORT __attribute__((visibility("default")))
PLUGIN_EXPORT extern int qemu_plugin_version;
PLUGIN_EXPORT int qemu_plugin_install(
	plugin_id id, const struct qemu_info *info, int argc, char **argv);

/* The guest: the kernel lies above every user address. */
#define PLUGIN_KERNEL_BASE UINT64_C(0x40000000)

#endif
