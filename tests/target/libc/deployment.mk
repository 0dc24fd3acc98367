# SPDX-License-Identifier: 0BSD
# The programs of tests/target/libc. Their folder is the one above, where what tests share is.
deployment.programs := init uart console tester mortal computer

tester.dir := tests/target
tester.src := $(addprefix libc/,tester.c text.c heap.c threads.c variables.c time.c endings.c \
	floats.c series.c) check.c console.c records.c
tester.libc := yes

mortal.dir := tests/target
mortal.src := libc/mortal.c
mortal.libc := yes

computer.dir := tests/target
computer.src := libc/computer.c libc/series.c
computer.libc := yes
