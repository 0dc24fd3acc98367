# SPDX-License-Identifier: 0BSD
# The programs of tests/target/calls. Their folder is the one above, where what tests share is.
deployment.programs := init uart console tester server mortal peer hammer

tester.dir := tests/target
tester.src := $(addprefix calls/,tester.c raw.c counts.c handles.c shapes.c memory.c threads.c \
	time.c notify.c replies.c leases.c passes.c death.c hammered.c) check.c console.c records.c
tester.libc := yes

server.dir := tests/target
server.src := $(addprefix calls/,server.c lender.c passer.c) registers/registers.c \
	registers/$(arch).S
server.libc := yes

mortal.dir := tests/target
mortal.src := calls/mortal.c
mortal.libc := yes

peer.dir := tests/target
peer.src := calls/peer.c
peer.libc := yes

hammer.dir := tests/target
hammer.src := calls/hammer.c registers/registers.c registers/$(arch).S
hammer.libc := yes
