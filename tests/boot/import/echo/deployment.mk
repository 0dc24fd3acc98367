# SPDX-License-Identifier: BSD-2-Clause-Patent
# The programs of an imported policy.
deployment.programs := init uart console server client
server.dir := tests/boot/import/echo
server.src := server.c
server.libc := yes
client.dir := tests/boot/import/echo
client.src := client.c
client.libc := yes
