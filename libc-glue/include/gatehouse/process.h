/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a program knows of the process that it runs in. */
#ifndef GATEHOUSE_PROCESS_H
#define GATEHOUSE_PROCESS_H

#include "abi/process.h"

/* What init said of this process when it started it; valid for ever. Its attributes go as far as an
 * empty one, or where its words end. */
const struct process_info *process_info(void);

/* The value of an attribute that the system gave this instance, or NULL. Valid for ever. */
const char *process_attribute(const char *key);

/* The value of an attribute that is a number; `otherwise`: the instance has none of that name. */
uint64_t process_number(const char *key, uint64_t otherwise);

/* The same, out of any list of "key=value" strings that an empty string or its size ends. */
const char *attribute_find(const char *attributes, uint32_t size_bytes, const char *key);

/*
 * Capability that standard input and output go to, speaking the interface Console of
 * servers/console; 0: output is dropped, input is at its end. A program whose class uses a console
 * defines it with the handle from its generated header:
 *     const uint32_t gatehouse_console_handle = SHELL_CONSOLE;
 */
extern const uint32_t gatehouse_console_handle;

/*
 * Bytes of stack that the first thread needs, up to GATEHOUSE_STACK_MAX; 0 or little: it has the
 * 16 KiB that every process starts with. An attribute `stack` of the instance goes before it. What
 * is above them comes out of the account before main begins; a process that has not got so much
 * ends with code 127. A program that calls deep defines it, as an interpreter does: const uint32_t
 * gatehouse_stack_bytes = 256 * 1024;
 */
extern const uint32_t gatehouse_stack_bytes;

/* Down to the end of the 2 MiB below those of the text, less a guard page. */
#define GATEHOUSE_STACK_MAX ((uint32_t)(PROCESS_STACK - UINT64_C(0x200000)) - 4096u)

#endif
