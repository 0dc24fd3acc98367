# SPDX-License-Identifier: 0BSD
# The programs of tests/target/panic: its init dies, and looks at what is left of that.
deployment.programs := init dummy

init.dir := tests/target
init.src := panic/main.c objects/serial.c objects/memory.c check.c
init.libc := no

dummy.dir := tests/target
dummy.src := objects/dummy.c objects/memory.c
dummy.libc := no
