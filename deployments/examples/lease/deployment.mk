# SPDX-License-Identifier: 0BSD
# A client that lends memory, and a store that reads it and writes to it.
deployment.programs := init uart console store client

store.dir := $(deployment.dir)/store
store.src := main.c
store.libc := yes

client.dir := $(deployment.dir)/client
client.src := main.c
client.libc := yes
