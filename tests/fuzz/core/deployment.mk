# SPDX-License-Identifier: 0BSD
# The programs of tests/fuzz/core: its init is the fuzzer. The folder is tests: files are shared.
deployment.programs := init dummy

init.dir := tests
init.src := $(addprefix fuzz/,core/main.c core/serial.c core/verdict.c generate.c) \
	target/objects/memory.c
init.libc := no

dummy.dir := tests
dummy.src := fuzz/core/dummy.c
dummy.libc := no

include tests/fuzz/methods.mk
