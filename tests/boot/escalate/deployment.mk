# SPDX-License-Identifier: BSD-2-Clause-Patent
# The test's own programs, and a console to speak through.
deployment.programs := init uart console crasher bystander watcher

crasher.dir := $(deployment.dir)/crasher
crasher.src := main.c
crasher.libc := yes

bystander.dir := $(deployment.dir)/bystander
bystander.src := main.c
bystander.libc := yes

watcher.dir := $(deployment.dir)/watcher
watcher.src := main.c
watcher.libc := yes
