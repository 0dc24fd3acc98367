# SPDX-License-Identifier: 0BSD
# A server that dies now and then, and a client that goes on.
deployment.programs := init uart console fragile client

fragile.dir := $(deployment.dir)/fragile
fragile.src := main.c
fragile.libc := yes

client.dir := $(deployment.dir)/client
client.src := main.c
client.libc := yes
