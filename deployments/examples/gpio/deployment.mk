# SPDX-License-Identifier: 0BSD
# A driver of eight pins, and a client that may use some of them.
deployment.programs := init uart console driver client

driver.dir := $(deployment.dir)/driver
driver.src := main.c
driver.libc := yes

client.dir := $(deployment.dir)/client
client.src := main.c
client.libc := yes
