# SPDX-License-Identifier: BSD-2-Clause-Patent
# init: freestanding, the only program that the kernel starts itself.

init.dir := servers/init
init.src := main.c supervise.c life.c restart.c instance.c wiring.c program.c layout.c archive.c bundle.c
init.src += memory.c
init.libc := no
