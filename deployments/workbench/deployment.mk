# SPDX-License-Identifier: 0BSD
# The programs of this deployment: servers of the tree, its shell, and what that runs.
deployment.programs := init uart console audit manager rtc ram rom dev shell wc lua sqlite gzip json
deployment.rom := $(deployment.dir)/rom

shell.dir := $(deployment.dir)/shell
shell.src := main.c line.c commands.c look.c change.c processes.c programs.c \
	top.c editor.c history.c complete.c interrupt.c
shell.libc := yes

wc.dir := $(deployment.dir)/wc
wc.src := main.c
wc.libc := yes

# Programs of others: the port has their main.
lua.libc := yes
lua.ports := lua
sqlite.libc := yes
sqlite.ports := sqlite
gzip.libc := yes
gzip.ports := zlib

json.dir := $(deployment.dir)/json
json.src := main.c
json.libc := yes
json.ports := cjson
