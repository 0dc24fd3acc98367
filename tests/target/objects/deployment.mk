# SPDX-License-Identifier: 0BSD
# The programs of tests/target/objects: its init is the test.
deployment.programs := init dummy

init.dir := tests/target
init.src := $(addprefix objects/,main.c serial.c memory.c untyped.c slots.c frames.c \
	capabilities.c processes.c program.c events.c random.c) check.c
init.libc := no

dummy.dir := tests/target
dummy.src := objects/dummy.c objects/memory.c
dummy.libc := no
