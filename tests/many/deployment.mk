# SPDX-License-Identifier: BSD-2-Clause-Patent
# The programs of the system that generate.sh writes. Their folder is tests: files are shared.
deployment.programs := init uart console hub node

hub.dir := tests
hub.src := many/hub/main.c
hub.libc := yes

node.dir := tests
node.src := many/node/main.c target/objects/memory.c
node.libc := no
