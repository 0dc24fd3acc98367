# SPDX-License-Identifier: 0BSD
# A driver whose device interrupts a process that works.
deployment.programs := init driver worker

driver.dir := $(deployment.dir)/driver
driver.src := main.c $(arch).S
driver.libc := yes

worker.dir := $(deployment.dir)/worker
worker.src := main.c
worker.libc := yes
