# SPDX-License-Identifier: 0BSD
# The programs of the attack image. Their folder is tests, because they share files of tests/target.
deployment.programs := init uart console vault deputy attacker looper judge

judge.dir := tests
judge.src := attack/judge.c attack/plan.c target/records.c
judge.libc := yes

attacker.dir := tests
attacker.src := $(addprefix attack/,attacker.c handles.c given.c messages.c memory.c machine.c) \
	$(addprefix target/,registers/registers.c registers/$(arch).S machine/$(arch)_table.c \
	machine/$(arch).S)
attacker.libc := yes

vault.dir := tests/attack
vault.src := vault.c
vault.libc := yes

deputy.dir := tests/attack
deputy.src := deputy.c
deputy.libc := yes

looper.dir := tests/attack
looper.src := looper.c
looper.libc := yes
