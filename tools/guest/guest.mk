# SPDX-License-Identifier: BSD-2-Clause-Patent
# The program that sits between a person, or a script, and a guest in QEMU.
guest.src := tools/guest/main.c tools/guest/terminal.c tools/guest/script.c tools/guest/watch.c
