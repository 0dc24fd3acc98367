# SPDX-License-Identifier: 0BSD
# The programs of this deployment: servers of the tree, and its shell.
deployment.programs := init uart console audit manager rtc ram rom dev shell wc
deployment.rom := $(deployment.dir)/rom

shell.dir := $(deployment.dir)/shell
shell.src := main.c line.c commands.c look.c change.c processes.c programs.c
shell.libc := yes

wc.dir := $(deployment.dir)/wc
wc.src := main.c
wc.libc := yes
