/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Addresses that kernel.ld defines: where the parts of the kernel begin and end, in this order. */
#ifndef ARCH_ARMV7A_LAYOUT_H
#define ARCH_ARMV7A_LAYOUT_H

#include <stdint.h>

extern uint8_t kernel_start[];      /* what only boot needs: read and execute */
extern uint8_t kernel_text[];       /* text: read and execute */
extern uint8_t kernel_text_end[];   /* constants: read */
extern uint8_t kernel_rodata_end[]; /* variables: read and write */
extern uint8_t kernel_tables[];     /* its page tables: once boot is over, read */
extern uint8_t kernel_tables_end[]; /* more variables */
extern uint8_t kernel_guard[];      /* a page that is not mapped */
extern uint8_t kernel_stack[];      /* the kernel's only stack grows down to here */
extern uint8_t kernel_stack_top[];
extern uint8_t kernel_end[]; /* the first byte behind the kernel, page-aligned */

/* Exception vectors (vectors.S): of the running kernel, and of one that has ended. */
extern uint8_t vectors[];
extern uint8_t vectors_parked[];

#endif
