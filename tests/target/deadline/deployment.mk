# SPDX-License-Identifier: 0BSD
# The programs of tests/target/deadline. Their folder is the one above, where what tests share is.
deployment.programs := init uart console worker stuck judge steady offender mortal

worker.dir := tests/target
worker.src := deadline/worker.c
worker.libc := yes

stuck.dir := tests/target
stuck.src := deadline/stuck.c
stuck.libc := yes

judge.dir := tests/target
judge.src := deadline/judge.c check.c console.c
judge.libc := yes

steady.dir := tests/target
steady.src := deadline/steady.c
steady.libc := yes

offender.dir := tests/target
offender.src := deadline/offender.c
offender.libc := yes

mortal.dir := tests/target
mortal.src := deadline/mortal.c
mortal.libc := yes
