/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * One defence at a time switched off, in a kernel that only tests/attack/run.sh links: each file
 * here takes the place of the kernel's file of the same name, which it includes with a function or
 * a call replaced. So the kernel's sources know nothing of it.
 */
#ifndef CONTROL_CONTROL_H
#define CONTROL_CONTROL_H

#include <stdbool.h>
#include <stdint.h>

/* Audit.edge of this number and more is no edge but the number of an attack, or 0. */
#define CONTROL_EDGE UINT32_C(0xc0de0000)

/* 22: how much faster the time of init runs. */
#define CONTROL_HASTE 1000u

/* The attack whose defence is off; 0: all are on. */
extern uint32_t control_number;

static inline bool
control_is(uint32_t number)
{
	return control_number == number;
}

/* What the attacker's process is. */
struct process;
struct process *control_attacker(void);

#endif
