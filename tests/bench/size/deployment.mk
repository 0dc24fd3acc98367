# SPDX-License-Identifier: 0BSD
# What a process costs: its init makes one and asks the kernel's accounts.
deployment.programs := init dummy

init.dir := tests
init.src := bench/size/main.c target/objects/memory.c
init.libc := no

dummy.dir := tests/target
dummy.src := objects/dummy.c objects/memory.c
dummy.libc := no
