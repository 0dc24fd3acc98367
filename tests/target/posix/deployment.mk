# SPDX-License-Identifier: 0BSD
# POSIX as docs/posix.md says: each interface has a test, and a row in interfaces.def.
deployment.programs := init uart console manager rtc settings random ram rom dev tester child plain
deployment.rom := $(deployment.dir)/rom

tester.dir := tests/target
tester.src := $(addprefix posix/,main.c files.c names.c folders.c streams.c pipes.c \
	places.c time.c signals.c threads.c locks.c barriers.c lines.c memory.c \
	spawn.c) check.c console.c
tester.libc := yes

child.dir := $(deployment.dir)/child
child.src := main.c
child.libc := yes

plain.dir := $(deployment.dir)/plain
plain.src := main.c
plain.libc := yes
