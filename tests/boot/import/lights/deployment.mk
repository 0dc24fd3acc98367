# SPDX-License-Identifier: BSD-2-Clause-Patent
# The programs of an imported policy.
deployment.programs := init uart console lamps control
lamps.dir := tests/boot/import/lights
lamps.src := lamps.c
lamps.libc := yes
control.dir := tests/boot/import/lights
control.src := control.c
control.libc := yes
