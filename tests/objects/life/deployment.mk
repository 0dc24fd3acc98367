# SPDX-License-Identifier: 0BSD
# The programs of tests/objects/life: its init is the test. The folder is tests: files are shared.
deployment.programs := init worker

init.dir := tests
init.src := objects/main.c objects/uses.c objects/process.c fuzz/core/serial.c \
	fuzz/core/verdict.c \
	target/objects/memory.c
init.libc := no

worker.dir := tests
worker.src := objects/worker.c target/objects/memory.c
worker.libc := no
