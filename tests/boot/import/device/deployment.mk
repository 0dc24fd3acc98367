# SPDX-License-Identifier: BSD-2-Clause-Patent
# The programs of an imported policy.
deployment.programs := init uart console disk terminal
disk.dir := tests/boot/import/device
disk.src := disk.c
disk.libc := yes
terminal.dir := tests/boot/import/device
terminal.src := terminal.c
terminal.libc := yes
