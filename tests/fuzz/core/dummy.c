/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The program whose digest lets a process start; it never runs. */
_Noreturn void _start(void);

_Noreturn void
_start(void)
{
	__builtin_trap();
}
