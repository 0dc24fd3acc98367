# SPDX-License-Identifier: BSD-2-Clause-Patent
console.dir := servers/console
console.src := main.c line.c
console.libc := yes
