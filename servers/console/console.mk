# SPDX-License-Identifier: BSD-2-Clause-Patent
# The files of the console server.
console.dir := servers/console
console.src := main.c line.c
console.libc := yes
