# SPDX-License-Identifier: 0BSD
# A client that is denied, and asks the audit why.
deployment.programs := init uart console audit vault client

vault.dir := $(deployment.dir)/vault
vault.src := main.c
vault.libc := yes

client.dir := $(deployment.dir)/client
client.src := main.c
client.libc := yes
