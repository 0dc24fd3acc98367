/* SPDX-License-Identifier: 0BSD */
/* Ctrl-C: ends the program that is waited for, or else the command that looks here. */
#ifndef SHELL_INTERRUPT_H
#define SHELL_INTERRUPT_H

#include <stdbool.h>
#include <sys/types.h>

/* A command begins: what was typed before is not for it. */
void interrupt_begin(void);

/* The child that is waited for; 0: none. */
void interrupt_child(pid_t child);

/* Whether Ctrl-C was typed since the command began. */
bool interrupt_seen(void);

#endif
