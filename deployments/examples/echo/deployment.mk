# SPDX-License-Identifier: 0BSD
# A client, and a server that says what it hears.
deployment.programs := init uart console server client

server.dir := $(deployment.dir)/server
server.src := main.c
server.libc := yes

client.dir := $(deployment.dir)/client
client.src := main.c
client.libc := yes
